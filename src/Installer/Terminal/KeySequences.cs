using System.Text;

namespace ErpInstaller.Terminal;

/// <summary>
/// Rewrites the key sequences of other terminals into those of xterm, which Terminal.Gui reads: the Linux console's
/// and rxvt's function keys, the keypad's application mode, CSI u (fixterms, kitty), xterm's modifyOtherKeys, and the
/// win32-input-mode of Windows Terminal. The installer asks for none of these protocols, but a program that ended
/// badly, or a multiplexer, may have left one on.
/// </summary>
/// <param name="send">Gets each character.</param>
internal sealed class KeySequences(Action<char> send)
{
    private const char Escape = '\e';
    private const int Longest = 48;
    private const string PasteBegins = "\e[200~";
    private const string PasteEnds = "\e[201~";

    private readonly StringBuilder _held = new();

    // ESC before a sequence is Alt with its key, on terminals where Meta sends Escape.
    private bool _hasAlt;
    private bool _isPasting;

    /// <summary>
    /// Whether the last character may begin a sequence. Without another character soon, it is the key Esc:
    /// <see cref="Flush"/>.
    /// </summary>
    public bool IsHolding => _held.Length == 1;

    /// <summary>Takes characters as they arrive. A slow line may send a sequence in parts.</summary>
    public void Add(ReadOnlySpan<char> characters)
    {
        foreach (var character in characters)
        {
            Add(character);
        }
    }

    /// <summary>Sends the key Esc. Another unfinished sequence waits: a slow line may bring its end late.</summary>
    public void Flush()
    {
        if (IsHolding)
        {
            End($"{Escape}");
        }
    }

    private void Add(char character)
    {
        if (character == Escape)
        {
            Begin();
        }
        else if (_held.Length == 0)
        {
            send(character);
        }
        else
        {
            _held.Append(character);
            Continue();
        }
    }

    // A sequence that broke off is dropped. Terminal.Gui would join its beginning with characters that are typed later.
    private void Begin()
    {
        if (IsHolding && _hasAlt)
        {
            send(Escape);
        }

        _hasAlt = IsHolding;
        _held.Clear().Append(Escape);
    }

    private void Continue()
    {
        var sequence = _held.ToString();
        if (IsComplete(sequence))
        {
            End(Translate(sequence));
        }
        else if (char.IsControl(sequence[^1]))
        {
            End(sequence[^1..]);
        }
        else if (sequence.Length > Longest)
        {
            End("");
        }
    }

    // Alt without a key is nothing.
    private void End(string characters)
    {
        if (_hasAlt && characters.Length > 0)
        {
            send(Escape);
        }

        _hasAlt = false;
        _held.Clear();
        Send(characters);
    }

    // A pasted text stays as it is. Terminal.Gui 2.5.0 fails at the end of a paste that did not begin.
    private string Translate(string sequence)
    {
        var wasPasting = _isPasting;
        _isPasting = sequence == PasteBegins || (_isPasting && sequence != PasteEnds);
        return sequence is PasteBegins ? sequence
            : sequence is PasteEnds ? (wasPasting ? sequence : "")
            : wasPasting ? sequence
            : XtermKey.Of(sequence);
    }

    // ECMA-48 5.4: parameters and intermediates are below @. The Linux console sends CSI [ A, which has a second part.
    private static bool IsComplete(string sequence) =>
        sequence switch
        {
            [_, '[' or 'O'] or [_, '[', '['] => false,
            [_, '[', '[', _] => true,
            [_, '[' or 'O', .., >= '@' and <= '~'] => true,
            [_, '[' or 'O', ..] => false,
            _ => true,
        };

    private void Send(string characters)
    {
        foreach (var character in characters)
        {
            send(character);
        }
    }
}
