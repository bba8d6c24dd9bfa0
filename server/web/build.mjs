// Puts what the pages load from npm packages into dist/, from where the program embeds it.
// Run: npm ci --ignore-scripts && npm run build
import { copyFileSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const files = {
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
