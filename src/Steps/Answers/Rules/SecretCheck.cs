using ErpInstaller.Answers.Keys;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Core.Text;
using ErpInstaller.Core.Toml;

namespace ErpInstaller.Answers.Rules;

/// <summary>Checks where a secret comes from. Its value is never repeated.</summary>
internal sealed class SecretCheck(ProblemList problems)
{
    /// <summary>The node when it is valid. Null when it is not; the problem is then reported.</summary>
    public TomlNode? Check(TomlNode node, SecretKey key, string path) =>
        node is TextNode literal ? Literal(literal, key, path) : Reference((TableNode)node, key, path);

    private TextNode? Literal(TextNode literal, SecretKey key, string path)
    {
        if (!key.Rule.Accepts(literal.Value))
        {
            problems.Add(
                literal.Place,
                path,
                literal.Value.Length == 0
                    ? "the secret is empty"
                    : "the secret " + (key.Rule.Explain(literal.Value) ?? $"is not {key.Rule.Is}")
            );
            return null;
        }

        problems.Warn(
            literal.Place,
            path,
            "the secret itself is in the file: anyone who can read the file sees it",
            $"write {key.Takes}"
        );
        return literal;
    }

    private TableNode? Reference(TableNode table, SecretKey key, string path)
    {
        string[] known = [SecretKey.Env, SecretKey.File];
        var unknown = table.Members.Where(m => !known.Contains(m.Name)).ToList();
        foreach (var member in unknown)
        {
            problems.Add(
                member.Place,
                Quoted.Join(path, member.Name),
                "unknown key",
                Nearest.Suggest(member.Name, known, "known here")
            );
        }

        if (unknown.Count > 0)
        {
            return null;
        }

        if (table.Members.Count != 1)
        {
            problems.Add(
                table.Place,
                path,
                $"must have either env or file, has {(table.Members.Count == 0 ? "neither" : "both")}"
            );
            return null;
        }

        var source = table.Members[0];
        return IsGood(source, Quoted.Join(path, source.Name)) ? table : null;
    }

    private bool IsGood(Member source, string path)
    {
        if (source.Value is not TextNode text)
        {
            problems.Add(source.Value.Place, path, $"must be a text, is {source.Value.Kind}");
            return false;
        }

        return source.Name == SecretKey.Env ? IsVariable(text, path) : IsPath(text, path) && IsPrivate(text, path);
    }

    // The operator may have typed the secret in place of a name, so the message does not repeat the text.
    private bool IsVariable(TextNode name, string path)
    {
        if (TextRules.EnvironmentVariable.Accepts(name.Value))
        {
            return true;
        }

        problems.Add(
            name.Place,
            path,
            $"this is not {TextRules.EnvironmentVariable.Is}",
            name.Value.StartsWith('$') ? "leave out the $" : "a name is letters, digits and _"
        );
        return false;
    }

    private bool IsPath(TextNode file, string path)
    {
        if (TextRules.AbsolutePath.Accepts(file.Value))
        {
            return true;
        }

        var (problem, suggestion) = TextProblem.Of(file.Value, TextRules.AbsolutePath);
        problems.Add(file.Place, path, problem, suggestion);
        return false;
    }

    // A missing file is no problem here: it may be written before the secret is needed.
    private bool IsPrivate(TextNode file, string path)
    {
        if (Directory.Exists(file.Value))
        {
            problems.Add(file.Place, path, $"{Quoted.Text(file.Value)} is a directory");
            return false;
        }

        if (!File.Exists(file.Value) || SecretFile.IsPrivate(file.Value))
        {
            return true;
        }

        problems.Add(
            file.Place,
            path,
            $"other users can read or write the file {Quoted.Text(file.Value)}",
            $"chmod 600 {ShellWord.Of(file.Value)}"
        );
        return false;
    }
}
