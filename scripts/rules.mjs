// `npm run rules`: writes docs/rules.md from the titles of the tests: which rule is shown where. `--check` fails when
// the page is not what the tests say.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const PAGE = join(ROOT, 'docs/rules.md')
const RULE =
  /\b(?:CAT|SUP|RCV|PUT|STK|CNT|ORD|PIK|PAK|LBL|SHP|ARC|REC|RET|ASV|RPL|DRP|PIC|INS|SYN|SEC)-\d+\b/g
const AREAS = 'CAT RCV PUT STK ORD PIK PAK LBL SHP ARC SYN SEC'.split(' ')

const shown = new Map()
for (const file of ['src', 'test'].flatMap((folder) => testFiles(join(ROOT, folder)))) {
  const text = readFileSync(file, 'utf8')
  const titles = [...text.matchAll(/\b(?:it|describe|test)(?:\.\w+)?\(\s*(['"`])((?:\\.|(?!\1)[\s\S])*?)\1/g)]
  for (const [, , title] of titles)
    for (const rule of title.match(RULE) ?? []) {
      const places = shown.get(rule) ?? new Set()
      places.add(relative(ROOT, file).replaceAll('\\', '/'))
      shown.set(rule, places)
    }
}

const page = render()
if (process.argv.includes('--check')) {
  if (readFileSync(PAGE, 'utf8') !== page) {
    process.stderr.write('docs/rules.md is not what the tests say: run npm run rules\n')
    process.exit(1)
  }
} else writeFileSync(PAGE, page)

function testFiles(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return testFiles(path)
      return /\.(test|suite)\.tsx?$/.test(entry.name) ? [path] : []
    })
    .sort()
}

function render() {
  const order = ([a], [b]) => {
    const [areaA, numberA] = a.split('-')
    const [areaB, numberB] = b.split('-')
    return AREAS.indexOf(areaA) - AREAS.indexOf(areaB) || Number(numberA) - Number(numberB)
  }
  const rows = [...shown].sort(order).map(
    ([rule, files]) =>
      `| ${rule} | ${[...files]
        .sort()
        .map((f) => `\`${f}\``)
        .join('<br>')} |`,
  )
  return [
    '# Rules and where they are tested',
    '',
    'Made from the titles of the tests by `npm run rules`, and checked by `npm run check`. A rule that is not here is not',
    'built yet, or has no test that names it.',
    '',
    '| rule | shown by |',
    '|---|---|',
    ...rows,
    '',
  ].join('\n')
}
