import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildWhenOlder, ROOT } from '../../scripts/build-when-older.mjs'
import { buildForNode } from './hub-build.mjs'

/**
 * What the hub takes in and gives out with one, two and four processes on one PostgreSQL, beside the same rows in bare
 * SQL. The database, the hubs and the load share this computer's processors.
 */
export async function run(print) {
  buildWhenOlder(['out/main/hub.js'])
  const built = await buildForNode('hub', ['hub-measure', 'hub-load', 'hub-raw'])
  const { measureHub } = await import(pathToFileURL(join(built, 'hub-measure.mjs')).href)
  await measureHub(print, built, ROOT)
}
