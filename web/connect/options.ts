/** options: what the csv connector is told. */
import type { Json } from '../wire.ts'
import type { Origin } from './choose-file.tsx'
import type { Detected, Mapping } from './detected.ts'

export function csvOptions(origin: Origin, detected: Detected, mapping: Mapping): Readonly<Record<string, Json>> {
  const { encoding, delimiter, header, decimal } = detected
  const format = Object.fromEntries(Object.entries({ encoding, delimiter, header }).filter(([, value]) => value !== undefined))
  return {
    ...('upload' in origin ? { upload: origin.upload } : { url: origin.url }),
    ...(detected.options ?? format),
    mapping: { ...(decimal !== undefined && { decimal }), ...mapping } as unknown as Json,
  }
}
