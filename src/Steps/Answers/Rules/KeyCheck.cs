using ErpInstaller.Answers.Keys;
using ErpInstaller.Core.Text;
using ErpInstaller.Core.Toml;

namespace ErpInstaller.Answers.Rules;

/// <summary>
/// Compares a file with the description of its keys: unknown and missing keys, wrong types, wrong values.
/// </summary>
internal sealed class KeyCheck
{
    private readonly ProblemList _problems;
    private readonly ValueCheck _values;
    private readonly bool _isWhole;
    private readonly CheckedKeys _result = new(new TableNode(Place.Start) { Origin = TableOrigin.Header });

    private KeyCheck(ProblemList problems, bool isWhole)
    {
        _problems = problems;
        _values = new ValueCheck(problems);
        _isWhole = isWhole;
    }

    /// <summary>Checks all keys.</summary>
    /// <param name="root">The answers as a tree.</param>
    /// <param name="isWhole">False: a syntax error hides lines, so an absent key is not reported as missing.</param>
    /// <param name="problems">Gets the problems.</param>
    public static CheckedKeys Run(TableNode root, bool isWhole, ProblemList problems)
    {
        var check = new KeyCheck(problems, isWhole);
        check.Fill(check._result.Root, root, AnswerKeys.File, "");
        return check._result;
    }

    private void Fill(TableNode good, TableNode node, TableKey key, string path)
    {
        foreach (var member in node.Members)
        {
            var full = Quoted.Join(path, member.Name);
            if (key.Find(member.Name) is { } known)
            {
                Add(good, member, known, full);
            }
            else
            {
                _problems.Add(member.Place, full, "unknown key", UnknownKey.Suggest(member.Name, key));
            }
        }

        foreach (var absent in key.Keys.Where(k => node.Find(k.Name) is null))
        {
            ReportMissing(absent, node.Place, Quoted.Join(path, absent.Name));
        }
    }

    private void ReportMissing(AnswerKey key, Place place, string path)
    {
        if (key is TableKey below)
        {
            foreach (var inner in below.Keys)
            {
                ReportMissing(inner, place, Quoted.Join(path, inner.Name));
            }
        }
        else if (_isWhole && key is ValueKey { IsRequired: true } value)
        {
            var table = path == key.Name ? "" : $"to [{path[..^(key.Name.Length + 1)]}]: ";
            _problems.Add(place, path, "is missing", $"add {table}{key.Name} = {ExampleOf(value)}");
        }
    }

    private void Add(TableNode good, Member member, AnswerKey key, string path)
    {
        var isTable = key is TableKey or MapKey;
        _result.Keep(path, isTable ? member.Place : member.Value.Place);
        if (Check(member.Value, key, path) is { } value)
        {
            good.Members.Add(member with { Value = value });
        }
        else
        {
            _result.KeepWrong(path);
        }
    }

    private TomlNode? Check(TomlNode node, AnswerKey key, string path)
    {
        if (key is ValueKey value)
        {
            return _values.Check(node, value, path);
        }

        if (node is not TableNode table)
        {
            _values.ReportKind(node, key, path);
            return null;
        }

        var good = new TableNode(table.Place) { Origin = table.Origin };
        if (key is MapKey map)
        {
            FillMap(good, table, map, path);
        }
        else
        {
            Fill(good, table, (TableKey)key, path);
        }

        return good;
    }

    private void FillMap(TableNode good, TableNode node, MapKey key, string path)
    {
        foreach (var member in node.Members)
        {
            var full = Quoted.Join(path, member.Name);
            if (key.Names is { } names && !names.Contains(member.Name))
            {
                _problems.Add(
                    member.Place,
                    full,
                    $"there is no {key.NameOf} of that name",
                    Nearest.Suggest(member.Name, names, "there are")
                );
            }
            else
            {
                Add(good, member, key.Entry, full);
            }
        }
    }

    private static string ExampleOf(ValueKey key) => key is NumberKey number ? $"{number.Least}" : key.Example;
}
