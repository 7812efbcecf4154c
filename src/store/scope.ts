/** scope: what every part of compiling a Filter is told: whose columns, under which name, and of which type. */
import type { Noun } from '../model/noun.ts'
import type { Filter } from '../query/filter.ts'
import type { Sql } from './sql.ts'

/** The noun asked about and the alias of its table; aliases nest as t, tt, ttt. */
export interface Scope {
  readonly noun: Noun
  readonly t: string
}

export type Compile = (filter: Filter, scope: Scope) => Sql

export type Type = 'number' | 'text' | 'boolean' | 'time' | 'json'
