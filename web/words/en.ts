/** en: every word of the interface in English. */
import type { Words } from './de.ts'
import { de } from './de.ts'
export const en: Words = de
