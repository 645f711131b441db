using System.Drawing;
using ErpInstaller.Answers;
using ErpInstaller.Answers.Interview;
using ErpInstaller.Certificate;
using ErpInstaller.Certificate.Provided;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Run;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>A page of questions as a form. Every question has an answer already; Enter takes them all.</summary>
internal sealed class QuestionScreen(Workspace work, QuestionPage page, Action next) : Screen
{
    // What is said below the form has so many lines at least.
    private const int LeastBelow = 4;

    private int _at;
    private int _first;
    private int _row;
    private int _width = 40;
    private string? _text;
    private string _found = "";
    private SecretUnavailable? _secret;
    private IReadOnlyList<CertificateFinding> _certificate = [];

    /// <inheritdoc/>
    public override string Title => page.Title;

    /// <inheritdoc/>
    public override string Step => page.Step;

    /// <inheritdoc/>
    public override string Help =>
        page.Help
        + "\nA secret is typed, or named where it is: env:NAME is an environment variable, file:/path a file that only its owner can read. A typed one is kept in a file of its own, never among the answers."
        + string.Concat(Asked.Select(q => $"\n{q.Label}: {q.Summary}"));

    /// <inheritdoc/>
    public override IReadOnlyList<KeyHint> Keys => [new("Enter", "next"), new("Esc", "back")];

    /// <inheritdoc/>
    public override IReadOnlyList<KeyHint> KeysHere =>
        Here.Kind switch
        {
            QuestionKind.Choice => [new("Tab", "field"), new("left/right", "choose")],
            QuestionKind.Path => [new("Tab", "complete"), new("arrows", "field")],
            _ when Here.Key == NodesScreen.Question => [new("Tab", "field"), new("F2", "nodes")],
            _ => [new("Tab", "field")],
        };

    /// <inheritdoc/>
    public override Typing? Typing =>
        Here.Kind == QuestionKind.Choice
            ? null
            : new Typing(
                Here.Key,
                FormLines.Value,
                _row,
                Math.Max(10, _width - FormLines.Value - 1),
                Text,
                IsHidden(Text),
                text => Take(text)
            );

    private string? Problem => work.Questionnaire.Problem(work.Answers, Here, Text);

    private List<Question> Asked => [.. page.Questions.Where(q => q.Applies(work.Answers))];

    private Question Here => Asked[Math.Clamp(_at, 0, Asked.Count - 1)];

    private string Text => _text ?? Here.Get(work.Answers) ?? "";

    /// <inheritdoc/>
    public override void Entered() => Look();

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area)
    {
        _width = area.Width;
        var questions = Asked
            .Select((q, i) => FormLines.Draw(q, work.Answers, i == _at, area.Width, work.Glyphs))
            .ToList();
        var form = questions.SelectMany(l => l).ToList();
        var at = questions.Take(_at).Sum(l => l.Count);
        var room = area.Height - LeastBelow - 1;
        _first = Scroll.Follow(_first, at, form.Count, room);
        _row = at - _first;
        List<Line> seen = [.. form.Skip(_first).Take(room), Line.Empty];
        return [.. seen, .. Below(area.Width).Take(area.Height - seen.Count)];
    }

    /// <inheritdoc/>
    public override bool OnKey(KeyPress key)
    {
        if (key == KeyPress.Enter)
        {
            Next();
        }
        else if (key == KeyPress.Tab && Here.Kind == QuestionKind.Path && Complete())
        {
            // The next Tab goes on from there.
        }
        else if (key == KeyPress.CursorDown || key == KeyPress.Tab)
        {
            Move(1);
        }
        else if (key == KeyPress.CursorUp || key == KeyPress.Tab.WithShift)
        {
            Move(-1);
        }
        else if (key == KeyPress.PageDown || key == KeyPress.PageUp)
        {
            Move(key == KeyPress.PageDown ? 5 : -5);
        }
        else if (
            Here.Kind == QuestionKind.Choice
            && (key == KeyPress.CursorLeft || key == KeyPress.CursorRight || key == KeyPress.Space)
        )
        {
            Choose(key == KeyPress.CursorLeft ? -1 : 1);
        }
        else if (key == KeyPress.F2 && Here.Key == NodesScreen.Question)
        {
            work.Navigator.Open(new NodesScreen(work));
        }
        else if (key == KeyPress.Esc)
        {
            Keep();
            return false;
        }
        else
        {
            return false;
        }

        return true;
    }

    private static bool IsReference(string text) =>
        text.StartsWith("env:", StringComparison.Ordinal) || text.StartsWith("file:", StringComparison.Ordinal);

    private bool IsHidden(string text) => Here.Kind == QuestionKind.Secret && !IsReference(text);

    private IEnumerable<Line> Below(int width)
    {
        var meaning = Here.Kind switch
        {
            QuestionKind.Choice => Wrapped(
                Here.Choices(work.Answers).FirstOrDefault(c => c.Value == Text)?.Explanation ?? "",
                Tone.Normal,
                width
            ),
            QuestionKind.Secret => Wrapped(Here.Brief, Tone.Quiet, width)
                .Concat(Wrapped($"Typed, or env:{Here.Variable}, or file:/path", Tone.Quiet, width)),
            _ => Wrapped(Here.Brief, Tone.Quiet, width),
        };
        return [.. meaning, .. Said(width), .. Secret(width), .. Certificate(width)];
    }

    // What is wrong, or what the path can become. Nothing typed yet is no mistake.
    private IEnumerable<Line> Said(int width) =>
        this switch
        {
            { Problem: { } problem } => Wrapped(
                $"{Here.Label}: {problem}",
                Text.Length == 0 ? Tone.Warning : Tone.Bad,
                width
            ),
            { _found.Length: > 0 } => Wrapped(_found, Tone.Normal, width),
            _ when Here.Advice(work.Answers) is { } advice => Wrapped(
                $"{work.Glyphs.Warning} {advice}",
                Tone.Warning,
                width
            ),
            _ => [],
        };

    private IEnumerable<Line> Secret(int width) =>
        Problem is not null || _secret is not { } missing
            ? []
            :
            [
                .. Wrapped($"{work.Glyphs.Warning} {missing.Message}", Tone.Warning, width),
                .. Wrapped(
                    Here.Source(work.Answers)?.Env is null
                        ? missing.Hint
                        : $"{missing.Hint}   before the next start: F10 leaves, the answers stay",
                    Tone.Accent,
                    width
                ),
            ];

    private IEnumerable<Line> Certificate(int width)
    {
        if (
            page.Id != "certificate"
            || work.Answers.Certificate is not { Mode: CertificateMode.Provided, Certificate: not null, Key: not null }
        )
        {
            return [];
        }

        return
        [
            .. _certificate.SelectMany(f =>
                f.IsWarning
                    ? Wrapped($"{work.Glyphs.Warning} {f.Message}", Tone.Warning, width)
                    : Wrapped($"{work.Glyphs.Failed} {f.Message}", Tone.Bad, width)
                        .Concat(Wrapped(f.Hint, Tone.Accent, width))
            ),
            .. _certificate.All(f => f.IsWarning)
                ? Wrapped(
                    $"{work.Glyphs.Done} Chain and key belong together and are good for {work.Answers.Site.Name}.",
                    Tone.Good,
                    width
                )
                : [],
        ];
    }

    private static IEnumerable<Line> Wrapped(string text, Tone tone, int width) =>
        Columns.Wrap(text, width).Select(l => new Line(l, tone));

    private void Take(string text)
    {
        (_text, _found) = (text, "");
        if (
            Here.Kind != QuestionKind.Number
            || int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _)
        )
        {
            work.Answers = Here.Set(work.Answers, text);
            Look();
        }
    }

    private void Choose(int step)
    {
        var words = Here.Choices(work.Answers).Select(c => c.Value).ToList();
        var index = words.IndexOf(Text) + step;
        work.Answers = Here.Set(work.Answers, words[(index + words.Count) % words.Count]);
        Keep();
        Look();
    }

    private void Move(int step)
    {
        Keep();
        _at = Math.Clamp(_at + step, 0, Asked.Count - 1);
        Look();
    }

    // Files are looked at when an answer changes, not whenever the screen is drawn.
    private void Look()
    {
        _secret = SecretAvailability.Problem(work.Answers, Here);
        _certificate = ProvidedCertificateFindings.Findings(work.Answers, work.Time.GetUtcNow());
    }

    // As in a shell: as far as it is clear, then what there is to choose from.
    private bool Complete()
    {
        var longer = PathCompletion.Complete(Text);
        var names = string.Join(" ", PathCompletion.Names(longer));
        var more = longer != Text || names != _found;
        Take(longer);
        _found = names;
        return more;
    }

    // Typed secrets leave the answers here: from now on the file that holds them is the answer.
    private void Keep()
    {
        (_text, _found) = (null, "");
        work.Keep();
    }

    private void Next()
    {
        if (work.Questionnaire.Problem(work.Answers, Here, Text) is not null)
        {
            return;
        }

        Keep();
        var wrong = Asked.FindIndex(q => work.Questionnaire.Problem(work.Answers, q) is not null);
        if (wrong >= 0)
        {
            _at = wrong;
        }
        else if (work.NotKept is null)
        {
            next();
        }
    }
}
