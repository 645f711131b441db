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
    private bool _isPasting;

    /// <summary>
    /// Whether the last character may begin a sequence or continue one. Without another character soon, it is the key
    /// Esc: <see cref="Flush"/>.
    /// </summary>
    public bool IsHolding => _held.Length > 0;

    /// <summary>Takes characters as they arrive. A slow line may send a sequence in parts.</summary>
    public void Add(ReadOnlySpan<char> characters)
    {
        foreach (var character in characters)
        {
            Add(character);
        }
    }

    /// <summary>Sends an unfinished sequence as it is.</summary>
    public void Flush()
    {
        var held = _held.ToString();
        _held.Clear();
        Send(held);
    }

    private void Add(char character)
    {
        if (character == Escape)
        {
            // The sequence before it broke off, or it was the key Esc.
            Flush();
            _held.Append(character);
        }
        else if (!IsHolding)
        {
            send(character);
        }
        else
        {
            _held.Append(character);
            Continue();
        }
    }

    private void Continue()
    {
        var sequence = _held.ToString();
        if (IsComplete(sequence))
        {
            _held.Clear();
            Send(Translate(sequence));
        }
        else if (sequence.Length > Longest || char.IsControl(sequence[^1]))
        {
            Flush();
        }
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
