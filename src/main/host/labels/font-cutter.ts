import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { assert } from '../../../shared/base/assert.ts'

/** HarfBuzz's subsetter as its WebAssembly exports it: plain C functions over one linear memory. */
interface SubsetterExports {
  readonly memory: WebAssembly.Memory
  _initialize(): void
  malloc(size: number): number
  free(pointer: number): void
  hb_blob_create(data: number, length: number, mode: number, userData: number, destroy: number): number
  hb_blob_destroy(blob: number): void
  hb_blob_get_length(blob: number): number
  hb_blob_get_data(blob: number, length: number): number
  hb_face_create(blob: number, index: number): number
  hb_face_destroy(face: number): void
  hb_face_reference_blob(face: number): number
  hb_set_add(set: number, value: number): void
  hb_subset_input_create_or_fail(): number
  hb_subset_input_destroy(input: number): void
  hb_subset_input_unicode_set(input: number): number
  hb_subset_input_set(input: number, which: number): number
  hb_subset_input_set_flags(input: number, flags: number): void
  hb_subset_preprocess(face: number): number
  hb_subset_or_fail(face: number, input: number): number
}

/** Gives a font file with glyphs for exactly these characters. */
export type FontCutter = (characters: string) => Uint8Array

const MEMORY_MODE_WRITABLE = 2
const SETS_DROP_TABLE_TAG = 3
const FLAG_NO_HINTING = 1
/**
 * Substitution, positioning and vertical tables, because the label sets one plain glyph per character, left to right;
 * and what only a font that stands by itself needs: names, its metrics for Windows, hints.
 */
const DROPPED_TABLES = [
  'GSUB',
  'GPOS',
  'GDEF',
  'BASE',
  'kern',
  'vhea',
  'vmtx',
  'VORG',
  'STAT',
  'DSIG',
  'OS/2',
  'name',
  'post',
  'gasp',
  'prep',
]

const tag = (name: string): number => Array.from(name).reduce((value, c) => value * 256 + c.charCodeAt(0), 0)

/**
 * Starts the subsetter that ships with harfbuzzjs and loads one font file into it. Every font gets an instance of its
 * own, because the memory of one does not hold two preprocessed fonts of this size. `dropped` names the tables that
 * are left out.
 */
export async function createFontCutter(
  fontFile: Uint8Array,
  dropped: readonly string[] = DROPPED_TABLES,
): Promise<FontCutter> {
  const instance = await WebAssembly.instantiate(await subsetter())
  const hb = instance.exports as unknown as SubsetterExports
  hb._initialize()
  const face = preprocessedFace(hb, fontFile)
  return (characters) => cutFace(hb, face, characters, dropped)
}

let compiled: Promise<WebAssembly.Module> | null = null
/** Compiled once for all fonts. */
function subsetter(): Promise<WebAssembly.Module> {
  const wasmFile = createRequire(import.meta.url).resolve('harfbuzzjs/dist/harfbuzz-subset.wasm')
  compiled ??= WebAssembly.compile(readFileSync(wasmFile))
  return compiled
}

/** Preprocessing makes each later cut a matter of its own glyphs, not of the whole font. */
function preprocessedFace(hb: SubsetterExports, fontFile: Uint8Array): number {
  const data = hb.malloc(fontFile.length)
  new Uint8Array(hb.memory.buffer).set(fontFile, data)
  const blob = hb.hb_blob_create(data, fontFile.length, MEMORY_MODE_WRITABLE, 0, 0)
  const face = hb.hb_face_create(blob, 0)
  const preprocessed = hb.hb_subset_preprocess(face)
  assert(preprocessed !== 0, 'the font cannot be read')
  hb.hb_face_destroy(face)
  hb.hb_blob_destroy(blob)
  return preprocessed
}

function cutFace(
  hb: SubsetterExports,
  face: number,
  characters: string,
  dropped: readonly string[],
): Uint8Array {
  const input = hb.hb_subset_input_create_or_fail()
  assert(input !== 0, 'out of memory while cutting a font')
  const unicodes = hb.hb_subset_input_unicode_set(input)
  for (const character of characters) hb.hb_set_add(unicodes, character.codePointAt(0) ?? 0)
  const tables = hb.hb_subset_input_set(input, SETS_DROP_TABLE_TAG)
  for (const name of dropped) hb.hb_set_add(tables, tag(name))
  hb.hb_subset_input_set_flags(input, FLAG_NO_HINTING)
  const cut = hb.hb_subset_or_fail(face, input)
  hb.hb_subset_input_destroy(input)
  assert(cut !== 0, 'the font cannot be cut')
  const blob = hb.hb_face_reference_blob(cut)
  const start = hb.hb_blob_get_data(blob, 0)
  const bytes = new Uint8Array(hb.memory.buffer).slice(start, start + hb.hb_blob_get_length(blob))
  hb.hb_blob_destroy(blob)
  hb.hb_face_destroy(cut)
  return bytes
}
