namespace ErpInstaller.Run;

/// <summary>What later steps need of a step. One derived record per step; a probe returns it.</summary>
public abstract record StepOutputs
{
    /// <summary>The same as flat text, for <c>state.toml</c> and later steps' inputs. Holds no secret.</summary>
    public abstract IReadOnlyDictionary<string, string> Values { get; }
}
