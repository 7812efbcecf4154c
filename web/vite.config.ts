/** vite.config: builds the interface into web/built; fonts are cut down to the letters of European languages. */
import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import subsetFont from 'subset-font'
import { defineConfig, type Plugin } from 'vite'

/** Latin with its European extensions, signs of units, arrows, mathematics, currency. */
const RANGES: readonly (readonly [number, number])[] = [
  [0x20, 0x7e],
  [0xa0, 0x17f],
  [0x3a9, 0x3a9],
  [0x3bc, 0x3bc],
  [0x2010, 0x203a],
  [0x2070, 0x209c],
  [0x20ac, 0x20ac],
  [0x2190, 0x2199],
  [0x2212, 0x2212],
  [0x2248, 0x2265],
]
const LETTERS = RANGES.map(([from, to]) => String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, i) => from + i))).join('')

/** A whole face of Fira Sans weighs 130 kB, these letters of it 25 kB. */
const smallFonts: Plugin = {
  name: 'small-fonts',
  async generateBundle(_options, bundle) {
    for (const file of Object.values(bundle))
      if (file.type === 'asset' && file.fileName.endsWith('.woff2') && file.source instanceof Uint8Array)
        file.source = await subsetFont(file.source, LETTERS, { targetFormat: 'woff2' })
  },
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), smallFonts],
  worker: { format: 'es' },
  build: { outDir: 'built', emptyOutDir: true, target: 'es2023', chunkSizeWarningLimit: 1500, assetsInlineLimit: 0 },
  server: { proxy: { '/api': process.env['ALLMENDE_URL'] ?? 'http://127.0.0.1:8080' } },
})
