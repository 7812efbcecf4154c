/** table: KERN's table; it scrolls within itself where the page is narrow. */
import type { ReactNode } from 'react'

export interface Column<T> {
  readonly name: string
  readonly cell: (row: T) => ReactNode
  readonly numeric?: boolean
  /** The column's name is heard, not seen. */
  readonly quiet?: boolean
}

export function Table<T>({
  caption,
  columns,
  rows,
  keyOf,
  small = false,
  showCaption = false,
}: {
  readonly caption: string
  readonly columns: readonly Column<T>[]
  readonly rows: readonly T[]
  readonly keyOf: (row: T, at: number) => string | number
  readonly small?: boolean
  readonly showCaption?: boolean
}) {
  return (
    <div className="kern-table-responsive al-scroll" tabIndex={0} role="group" aria-label={caption}>
      <table className={small ? 'kern-table kern-table--small' : 'kern-table'}>
        <caption className={showCaption ? 'kern-title' : 'kern-sr-only'}>{caption}</caption>
        <thead className="kern-table__head">
          <tr className="kern-table__row">
            {columns.map(({ name, numeric, quiet }) => (
              <th key={name} scope="col" className={numeric ? 'kern-table__header kern-table__header--numeric' : 'kern-table__header'}>
                {quiet ? <span className="kern-sr-only">{name}</span> : name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="kern-table__body">
          {rows.map((row, at) => (
            <tr className="kern-table__row" key={keyOf(row, at)}>
              {columns.map(({ name, cell, numeric }) => (
                <td key={name} className={numeric ? 'kern-table__cell kern-table__cell--numeric' : 'kern-table__cell'}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
