// `npm run hub -- --port N --data DIR [--database postgres://…]`: builds when needed, then runs the hub; and
// `npm run hub -- code --data DIR` prints an enrolment code. Standard output carries the hub's own lines alone.
import { join } from 'node:path'
import { buildWhenOlder, ROOT } from './build-when-older.mjs'
import { runChild } from './run-child.mjs'

buildWhenOlder(['out/main/hub.js'])
runChild(process.execPath, [join(ROOT, 'out/main/hub.js'), ...process.argv.slice(2)])
