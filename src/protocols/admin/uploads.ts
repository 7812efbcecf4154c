/** uploads: files left here to be read by a source; kept as they come, without being held in memory. */
import multipart from '@fastify/multipart'
import type { FastifyInstance } from 'fastify'
import type { Intake } from '../../govern/intake.ts'
import { Problem } from '../../problem.ts'

const LARGEST = 8 * 1024 * 1024 * 1024

export function uploadRoutes(app: FastifyInstance, intake: Intake): void {
  void app.register(async (scope) => {
    await scope.register(multipart, { limits: { files: 1, fields: 10, fileSize: LARGEST, parts: 20 } })
    scope.post('/uploads', async (request, reply) => {
      const file = request.isMultipart() ? await request.file() : undefined
      if (file === undefined) throw noFile()
      const upload = await intake.upload(request.who, { name: named(file.filename), type: file.mimetype, headers: {}, bytes: file.file })
      if (file.file.truncated) throw new Problem('too-large', { de: 'Die Datei ist größer als 8 GB.', en: 'The file is larger than 8 GB.' })
      return reply.code(201).send(upload)
    })
  })
}

function noFile(): Problem {
  return new Problem(
    'invalid-body',
    {
      de: 'Erwartet wird eine Datei im Feld „file“ (multipart/form-data).',
      en: 'A file is expected in the field “file” (multipart/form-data).',
    },
    { pointer: '/file' },
  )
}

/** Only a name, never a path. */
function named(filename: string): string {
  return filename.split(/[/\\]/).at(-1)?.replaceAll('\0', '').slice(0, 200) || 'file'
}
