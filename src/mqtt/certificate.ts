/** certificate: the certificate and the key of MQTT over TLS, from files in PEM, checked, and read again when one of them changes. */
import { X509Certificate, createPrivateKey, type KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { unwatchFile, watchFile } from 'node:fs'
import type { Tls } from '../config.ts'
import { Problem } from '../problem.ts'

export interface Certificate {
  readonly cert: Buffer
  readonly key: Buffer
  /** As it stands in the certificate. */
  readonly until: string
}

/** Milliseconds between two looks at the files. */
const LOOK = 2000

/** Throws a Problem that names the file, and what is wrong with it. */
export async function readCertificate(files: Pick<Tls, 'certificate' | 'key'>): Promise<Certificate> {
  const [cert, key] = [await read('ALLMENDE_MQTT_TLS_CERT', files.certificate), await read('ALLMENDE_MQTT_TLS_KEY', files.key)]
  const parsed = parse('ALLMENDE_MQTT_TLS_CERT', files.certificate, () => new X509Certificate(cert))
  const secret: KeyObject = parse('ALLMENDE_MQTT_TLS_KEY', files.key, () => createPrivateKey(key))
  if (!parsed.checkPrivateKey(secret))
    throw new Problem('unavailable', {
      en: `The key in ${files.key} is not that of the certificate in ${files.certificate}.`,
      de: `Der Schlüssel in ${files.key} gehört nicht zum Zertifikat in ${files.certificate}.`,
    })
  return { cert, key, until: parsed.validTo }
}

async function read(name: string, file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (cause) {
    const why = (cause as Error).message
    throw new Problem('unavailable', { en: `${name} cannot be read: ${why}.`, de: `${name} ist nicht lesbar: ${why}.` }, {}, { cause })
  }
}

function parse<T>(name: string, file: string, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    const said = { en: `${name}: ${file} is not what it should be, in PEM.`, de: `${name}: ${file} ist nicht das Erwartete im Format PEM.` }
    throw new Problem('unavailable', said, {}, { cause })
  }
}

/** Calls back when one of the files is another. Links that are turned to a new file are noticed as well. Answers how to stop. */
export function watchCertificate({ certificate, key }: Pick<Tls, 'certificate' | 'key'>, changed: () => void): () => void {
  const told = (
    now: { readonly mtimeMs: number; readonly ino: number },
    before: { readonly mtimeMs: number; readonly ino: number },
  ): void => {
    if (now.mtimeMs !== before.mtimeMs || now.ino !== before.ino) changed()
  }
  for (const file of [certificate, key]) watchFile(file, { interval: LOOK, persistent: false }, told)
  return () => {
    for (const file of [certificate, key]) unwatchFile(file, told)
  }
}
