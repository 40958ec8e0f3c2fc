// A process of its own: PouchDB's server with the documents of the stream, and the benchmark page on the same origin.
// Arguments: page directory, data directory, packages' directory, built stream module, number of documents.
import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const [pages, data, modules, stream, count] = process.argv.slice(2)
const require = createRequire(join(modules, 'package.json'))
const express = require('express')
const PouchDB = require('pouchdb').defaults({ prefix: `${data}/` })
const { madeStream } = await import(pathToFileURL(stream).href)

const BATCH = 1000
mkdirSync(data, { recursive: true })
const small = new PouchDB('small')
const whole = new PouchDB('whole')
let batch = []
let made = 0
for (const { event, people } of madeStream('main')) {
  batch.push({ _id: event.eventId, ...event, ...(people ? { people } : {}) })
  made++
  if (batch.length < BATCH && made < Number(count)) continue
  if (made <= 10_000) await small.bulkDocs(batch.map((document) => ({ ...document })))
  await whole.bulkDocs(batch)
  batch = []
  if (made >= Number(count)) break
}

const app = express()
app.use(express.static(pages))
app.get('/pouchdb.js', (_request, response) =>
  response.sendFile(join(modules, 'pouchdb/dist/pouchdb.min.js')),
)
app.use(
  '/db',
  require('express-pouchdb')(PouchDB, { mode: 'minimumForPouchDB', logPath: join(data, 'log.txt') }),
)
const server = app.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }))
