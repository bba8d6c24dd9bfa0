// Reads a JSON-LD export with jsonld, the library of the JSON-LD working group's
// editors, and says what statements it found, as read.py does.
//
//   node read.mjs FILE
import { readFileSync } from 'node:fs'
import jsonld from 'jsonld'

const statements = await jsonld.toRDF(JSON.parse(readFileSync(process.argv[2], 'utf8')))
const schema = 'https://schema.org/'
const org = 'http://www.w3.org/ns/org#'
const type = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'
const term = 'urn:lotigraph:term:'
const having = (predicate) => statements.filter((s) => s.predicate.value === predicate)
const of = (predicate) => new Map(having(predicate).map((s) => [s.subject.value, s.object.value]))
const are = (name) => having(type).filter((s) => s.object.value === name).length

const from = of(term + 'from')
const to = of(term + 'to')
console.log(JSON.stringify({
  nodes: having(schema + 'identifier').map((s) => s.object.value),
  edges: having(term + 'linkType').map((s) => [s.subject.value, from.get(s.subject.value), to.get(s.subject.value), s.object.value]),
  more: {
    memberships: are(org + 'Membership'),
    quotations: are(schema + 'Quotation'),
    worksFor: having(schema + 'worksFor').map((s) => [s.subject.value, s.object.value]).sort(),
    licence: having(schema + 'license').map((s) => s.object.value),
  },
}))
