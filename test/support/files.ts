/** files: the paths below a folder that end in a given way, sorted, with forward slashes. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

export function filesBelow(folder: string, ending: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name).replaceAll('\\', '/'))
    .sort()
}
