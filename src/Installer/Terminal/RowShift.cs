namespace ErpInstaller.Terminal;

/// <summary>Rows that only move in the next frame. The terminal scrolls them, so they are not sent again.</summary>
/// <param name="Top">The first row that moves.</param>
/// <param name="Bottom">The row after the last one that moves.</param>
/// <param name="By">The number of rows to move up; negative for down.</param>
internal readonly record struct RowShift(int Top, int Bottom, int By)
{
    /// <summary>The shift that leaves the least to send, or null if none helps.</summary>
    public static RowShift? Find(ScreenFrame before, ScreenFrame frame)
    {
        var best = default((RowShift Shift, int Cells));
        for (var by = 1 - frame.Height; by < frame.Height; by++)
        {
            var found = by == 0 ? default : Longest(before, frame, by);
            best = found.Cells > best.Cells ? found : best;
        }

        return best.Cells > 0 ? best.Shift : null;
    }

    // Adjacent rows with the same shift, and the cells that the shift saves.
    private static (RowShift Shift, int Cells) Longest(ScreenFrame before, ScreenFrame frame, int by)
    {
        var (best, first, cells) = (default((RowShift, int Cells)), 0, 0);
        for (var row = 0; row <= frame.Height; row++)
        {
            var from = row + by;
            if (
                row < frame.Height
                && from >= 0
                && from < frame.Height
                && frame.Row(row).SequenceEqual(before.Row(from))
            )
            {
                cells += Differing(before.Row(row), frame.Row(row));
                continue;
            }

            if (cells > best.Cells)
            {
                best = (new(Math.Min(first, first + by), Math.Max(row, row + by), by), cells);
            }

            (first, cells) = (row + 1, 0);
        }

        return best;
    }

    private static int Differing(ReadOnlySpan<FrameCell> one, ReadOnlySpan<FrameCell> other)
    {
        var count = 0;
        for (var column = 0; column < one.Length; column++)
        {
            count += one[column] == other[column] ? 0 : 1;
        }

        return count;
    }
}
