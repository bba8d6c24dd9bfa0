// Puts what the pages load into dist/, from where the program embeds it: our own sources in src/ bundled with what they
// take from npm packages, and GraphiQL's files as they are.
// Run: npm ci --ignore-scripts && npm run build
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = dirname(fileURLToPath(import.meta.url))

// govuk-frontend is MIT, but its font is licensed to GOV.UK alone, and crown and crest are not ours to show.
const plainly = {
  name: 'plainly-not-govuk',
  setup(b) {
    b.onLoad({ filter: /govuk-frontend\.min\.css$/ }, ({ path }) => {
      const css = readFileSync(path, 'utf8')
        .replace(/@font-face\{[^}]*\}/g, '')
        .replaceAll(/"?GDS Transport"?,\s*/g, '')
        .replace(/url\([^)]*govuk-crest\.svg\)/g, 'none')
        .replace(/@media screen\\0[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, '') // a hack for browsers long gone
      return { contents: css, loader: 'css' }
    })
  },
}

await build({
  absWorkingDir: here,
  entryPoints: ['src/site.css', 'src/site.js', 'src/explore.js'],
  outdir: 'dist',
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2020',
  legalComments: 'linked',
  plugins: [plainly],
  logLevel: 'warning',
})

const files = {
  'htmx.org/LICENSE': 'LICENSE-htmx',
  'graphiql/graphiql.min.js': 'graphiql/graphiql.min.js',
  'graphiql/graphiql.min.css': 'graphiql/graphiql.min.css',
  'graphiql/LICENSE': 'graphiql/LICENSE',
  'react/umd/react.production.min.js': 'graphiql/react.min.js',
  'react-dom/umd/react-dom.production.min.js': 'graphiql/react-dom.min.js',
  'react/LICENSE': 'graphiql/LICENSE-react',
}
for (const [from, to] of Object.entries(files)) {
  const target = join(here, 'dist', to)
  mkdirSync(dirname(target), { recursive: true })
  copyFileSync(join(here, 'node_modules', from), target)
}
