namespace ErpInstaller.Answers.Keys;

/// <summary>Reads one value of a record, and copies the record with another value. Records are never changed.</summary>
internal abstract class Lens
{
    /// <summary>The record itself is the value: for the file, and for an entry of a map.</summary>
    public static Lens Whole { get; } = new Lens<object, object>(record => record, (_, value) => value);

    /// <summary>The value.</summary>
    public abstract object? Get(object record);

    /// <summary>A copy of the record with another value.</summary>
    public abstract object Set(object record, object? value);
}

/// <inheritdoc/>
internal sealed class Lens<TRecord, TValue>(Func<TRecord, TValue> get, Func<TRecord, TValue, TRecord> set) : Lens
    where TRecord : class
{
    /// <inheritdoc/>
    public override object? Get(object record) => get((TRecord)record);

    /// <inheritdoc/>
    public override object Set(object record, object? value) => set((TRecord)record, (TValue)value!);
}
