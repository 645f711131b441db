using System.Globalization;
using ErpInstaller.Answers.Keys;
using ErpInstaller.Core.Text;
using ErpInstaller.Core.Toml;

namespace ErpInstaller.Answers.Rules;

/// <summary>Checks one value against the description of its key.</summary>
internal sealed class ValueCheck(ProblemList problems)
{
    private readonly SecretCheck _secrets = new(problems);

    /// <summary>
    /// The value (a list without its invalid items). Null when it is invalid; the problem is then reported.
    /// </summary>
    public TomlNode? Check(TomlNode node, ValueKey key, string path)
    {
        switch (key, node)
        {
            case (TextKey text, TextNode found):
                return (found.Value.Length == 0 && text.MayBeEmpty) || IsGood(found, text.Rule, path) ? found : null;
            case (ChoiceKey choice, TextNode found):
                return IsOneOf(found, choice, path) ? found : null;
            case (NumberKey number, NumberNode found):
                return IsWithin(found, number, path) ? found : null;
            case (TextListKey list, ListNode found):
                return GoodItems(found, list, path);
            case (SecretKey secret, TextNode or TableNode):
                return _secrets.Check(node, secret, path);
            default:
                ReportKind(node, key, path);
                return null;
        }
    }

    /// <summary>Reports a value of another kind than the key takes.</summary>
    public void ReportKind(TomlNode node, AnswerKey key, string path) =>
        problems.Add(
            node.Place,
            path,
            $"must be {key.Takes}, is {node.Kind}",
            (key, node) switch
            {
                (NumberKey, TextNode text)
                    when int.TryParse(text.Value, CultureInfo.InvariantCulture, out var number) =>
                    $"did you mean {number}?",
                (TextListKey list, TextNode text) when list.Item.Accepts(text.Value) =>
                    $"did you mean [\"{text.Value}\"]?",
                (TextKey or ChoiceKey, NumberNode or OtherNode) => "put it in quotes",
                (TableKey or MapKey, ListNode { Items: [TableNode, ..] }) => $"did you mean [{path}]?",
                _ => null,
            }
        );

    private bool IsGood(TextNode text, TextRule rule, string path)
    {
        if (rule.IsDecidedElsewhere || rule.Accepts(text.Value))
        {
            return true;
        }

        var (problem, suggestion) = TextProblem.Of(text.Value, rule);
        problems.Add(text.Place, path, problem, suggestion);
        return false;
    }

    private bool IsOneOf(TextNode text, ChoiceKey choice, string path)
    {
        if (choice.Words.Contains(text.Value))
        {
            return true;
        }

        var near = Nearest.To(text.Value, choice.Words);
        problems.Add(
            text.Place,
            path,
            $"{Quoted.Text(text.Value)} is none of {string.Join(", ", choice.Words)}",
            near is null ? null : $"did you mean {near}?"
        );
        return false;
    }

    private bool IsWithin(NumberNode found, NumberKey number, string path)
    {
        if (found.Value >= number.Least && found.Value <= number.Most)
        {
            return true;
        }

        var range = number.Least == number.Most ? $"{number.Least}" : $"from {number.Least} to {number.Most}";
        problems.Add(found.Place, path, $"must be {range}, is {found.Value}");
        return false;
    }

    private ListNode GoodItems(ListNode found, TextListKey key, string path)
    {
        var good = new ListNode(found.Place, []);
        foreach (var item in found.Items)
        {
            if (item is not TextNode text)
            {
                problems.Add(item.Place, path, $"must hold texts only, holds {item.Kind}");
            }
            else if (good.Items.Exists(i => i is TextNode earlier && earlier.Value == text.Value))
            {
                problems.Add(item.Place, path, $"names {Quoted.Text(text.Value)} twice");
            }
            else if (IsGood(text, key.Item, path))
            {
                good.Items.Add(text);
            }
        }

        return good;
    }
}
