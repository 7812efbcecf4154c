/** vite.config: builds the interface into web/built; fonts are cut down to the letters of European languages. */
import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { PurgeCSS } from 'purgecss'
import subsetFont from 'subset-font'
import { defineConfig, type Plugin } from 'vite'

const HERE = fileURLToPath(new URL('.', import.meta.url))

/** Latin 1, signs of units, arrows, mathematics, currency. */
const RANGES: readonly (readonly [number, number])[] = [
  [0x20, 0x7e],
  [0xa0, 0xff],
  [0x3bc, 0x3bc],
  [0x2013, 0x2014],
  [0x2018, 0x201e],
  [0x2022, 0x2026],
  [0x2030, 0x2030],
  [0x2080, 0x2089],
  [0x20ac, 0x20ac],
  [0x2190, 0x2193],
  [0x2212, 0x2212],
  [0x2264, 0x2265],
]
/** And what names of the neighbours have besides. */
const NEIGHBOURS = 'ąćęłńśźżčďěňřšťůžğışőűœăâîșțĄĆĘŁŃŚŹŻČĎĚŇŘŠŤŮŽĞİŞŐŰŒĂÂÎȘȚ'
const LETTERS =
  NEIGHBOURS + RANGES.map(([from, to]) => String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, i) => from + i))).join('')

/** A whole face of Fira Sans weighs 130 kB, these letters of it 20 kB. */
const smallFonts: Plugin = {
  name: 'small-fonts',
  async generateBundle(_options, bundle) {
    for (const file of Object.values(bundle))
      if (file.type === 'asset' && file.fileName.endsWith('.woff2') && file.source instanceof Uint8Array)
        file.source = await subsetFont(file.source, LETTERS, { targetFormat: 'woff2', noLayoutClosure: true })
  },
}

/** The colours of a layer; PurgeCSS does not see that body is among ":is(…)". */
const LAYERS = /:is\(body[^{}]*\{[^{}]*\}/g

/** KERN's utilities and the components that are not used here are two thirds of its rules. */
const usedRules: Plugin = {
  name: 'used-rules',
  apply: 'build',
  enforce: 'pre',
  async transform(css, id) {
    if (!id.includes('/kern.min.css')) return null
    const [purged] = await new PurgeCSS().purge({
      content: [`${HERE}/**/*.tsx`],
      css: [{ raw: css.replaceAll(LAYERS, (rule) => `/* purgecss start ignore */${rule}/* purgecss end ignore */`) }],
      safelist: { greedy: [/^kern-((icon|alert|badge|btn)--|dark|light|level|layer)/] },
      dynamicAttributes: ['data-kern-theme'],
    })
    return purged?.css ?? css
  },
}

export default defineConfig({
  root: HERE,
  plugins: [react(), smallFonts, usedRules],
  worker: { format: 'es' },
  build: { outDir: 'built', emptyOutDir: true, target: 'es2023', chunkSizeWarningLimit: 1500, assetsInlineLimit: 0 },
  server: { proxy: { '/api': process.env['ALLMENDE_URL'] ?? 'http://127.0.0.1:8080' } },
})
