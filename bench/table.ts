/** table: the figures as Markdown, to be copied into docs/performance.md. */

export interface Row {
  readonly name: string
  readonly value: string
  readonly aim: string
}

export function print(rows: readonly Row[], machine: string): void {
  const cells = [['', 'measured', 'aim'], ...rows.map(({ name, value, aim }) => [name, value, aim])]
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`
  const [head = [], ...body] = cells
  console.log(`\n${new Date().toISOString().slice(0, 10)}, ${machine}\n`)
  console.log([line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body.map(line)].join('\n'))
}
