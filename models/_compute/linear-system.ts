/**
 * Solves `matrix · x = right` by elimination with partial pivoting. Neither argument is changed.
 * Throws RangeError where the matrix is singular.
 */
export function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, right[index] ?? 0]);
  const size = rows.length;
  for (let column = 0; column < size; column += 1) {
    movePivotUp(rows, column);
    const pivotRow = rows[column] ?? [];
    const pivot = pivotRow[column] ?? 0;
    if (pivot === 0) throw new RangeError('the linear system has no single solution');
    for (const row of rows.slice(column + 1)) {
      const factor = (row[column] ?? 0) / pivot;
      if (factor === 0) continue;
      for (let at = column; at <= size; at += 1)
        row[at] = (row[at] ?? 0) - factor * (pivotRow[at] ?? 0);
    }
  }
  return substituteBack(rows);
}

function movePivotUp(rows: number[][], column: number): void {
  let best = column;
  for (let row = column + 1; row < rows.length; row += 1)
    if (Math.abs(rows[row]?.[column] ?? 0) > Math.abs(rows[best]?.[column] ?? 0)) best = row;
  [rows[column], rows[best]] = [rows[best] ?? [], rows[column] ?? []];
}

function substituteBack(rows: readonly (readonly number[])[]): number[] {
  const size = rows.length;
  const solution = Array.from({ length: size }, () => 0);
  for (let row = size - 1; row >= 0; row -= 1) {
    let rest = rows[row]?.[size] ?? 0;
    for (let at = row + 1; at < size; at += 1) rest -= (rows[row]?.[at] ?? 0) * (solution[at] ?? 0);
    solution[row] = rest / (rows[row]?.[row] ?? 1);
  }
  return solution;
}
