import { createRequire } from 'node:module'
import { join } from 'node:path'

/**
 * The same labels by three PDF libraries, each in its documented way. All are given the fonts cut to the label's
 * characters as ours are (the whole font would take each of them hundreds of milliseconds) and the boxes of bars and
 * QR symbols; the cutting is part of their time as it is of ours.
 */

const POINTS = 72 / 25_400
const pt = (um) => um * POINTS

/** Functions from labels to the bytes of one file, by name. */
export function loadPeers(modules, cutters) {
  const require = createRequire(join(modules, 'x.js'))
  return {
    pdfkit: pdfkitPeer(require('pdfkit'), cutters),
    jspdf: jspdfPeer(require('jspdf').jsPDF, cutters),
    'pdf-lib': pdfLibPeer(require('pdf-lib'), require('@pdf-lib/fontkit'), cutters),
  }
}

function cutFor(labels, cutters) {
  const used = { regular: new Set(), bold: new Set() }
  for (const { model } of labels) {
    for (const item of model.items)
      if (item.item === 'text') for (const c of item.text) used[item.weight].add(c)
  }
  return ['regular', 'bold'].map((weight) => [weight, cutters[weight]([...used[weight]].sort().join(''))])
}

const texts = ({ model }) => model.items.filter(({ item }) => item === 'text')
const frames = ({ model }) => model.items.filter(({ item }) => item === 'frame')

function pdfkitPeer(PDFDocument, cutters) {
  return (labels) =>
    new Promise((resolve, reject) => {
      const doc = new PDFDocument({ autoFirstPage: false, margin: 0 })
      const chunks = []
      doc.on('data', (chunk) => chunks.push(chunk))
      doc.on('end', () => resolve(Buffer.concat(chunks)))
      doc.on('error', reject)
      for (const [weight, file] of cutFor(labels, cutters)) doc.registerFont(weight, Buffer.from(file))
      for (const label of labels) {
        doc.addPage({ size: [pt(label.model.widthUm), pt(label.model.heightUm)], margin: 0 })
        for (const item of texts(label)) {
          doc.font(item.weight).fontSize(pt(item.sizeUm))
          doc.text(item.text, pt(item.xUm), pt(item.baselineUm), {
            lineBreak: false,
            baseline: 'alphabetic',
            features: [],
          })
        }
        for (const box of label.boxes) doc.rect(pt(box.xUm), pt(box.yUm), pt(box.widthUm), pt(box.heightUm))
        doc.fill()
        for (const item of frames(label)) {
          doc.lineWidth(pt(item.strokeUm))
          doc.rect(pt(item.xUm), pt(item.yUm), pt(item.widthUm), pt(item.heightUm)).stroke()
        }
      }
      doc.end()
    })
}

function jspdfPeer(jsPDF, cutters) {
  return async (labels) => {
    const [{ model }] = labels
    const format = [pt(model.widthUm), pt(model.heightUm)]
    const doc = new jsPDF({ unit: 'pt', format, compress: true })
    for (const [weight, file] of cutFor(labels, cutters)) {
      doc.addFileToVFS(`${weight}.ttf`, Buffer.from(file).toString('base64'))
      doc.addFont(`${weight}.ttf`, weight, 'normal')
    }
    for (const [index, label] of labels.entries()) {
      if (index > 0) doc.addPage(format)
      for (const item of texts(label)) {
        doc.setFont(item.weight, 'normal').setFontSize(pt(item.sizeUm))
        doc.text(item.text, pt(item.xUm), pt(item.baselineUm))
      }
      for (const box of label.boxes)
        doc.rect(pt(box.xUm), pt(box.yUm), pt(box.widthUm), pt(box.heightUm), 'F')
      for (const item of frames(label)) {
        doc.setLineWidth(pt(item.strokeUm))
        doc.rect(pt(item.xUm), pt(item.yUm), pt(item.widthUm), pt(item.heightUm), 'S')
      }
    }
    return new Uint8Array(doc.output('arraybuffer'))
  }
}

function pdfLibPeer({ PDFDocument, fill, rectangle }, fontkit, cutters) {
  return async (labels) => {
    const pdf = await PDFDocument.create()
    pdf.registerFontkit(fontkit)
    const fonts = {}
    for (const [weight, file] of cutFor(labels, cutters))
      fonts[weight] = await pdf.embedFont(file, { subset: false })
    for (const label of labels) {
      const high = label.model.heightUm
      const page = pdf.addPage([pt(label.model.widthUm), pt(high)])
      for (const item of texts(label)) {
        const place = { x: pt(item.xUm), y: pt(high - item.baselineUm), size: pt(item.sizeUm) }
        page.drawText(item.text, { ...place, font: fonts[item.weight] })
      }
      // Its own call for a rectangle writes ten operators for each bar.
      const boxes = label.boxes.map((b) =>
        rectangle(pt(b.xUm), pt(high - b.yUm - b.heightUm), pt(b.widthUm), pt(b.heightUm)),
      )
      page.pushOperators(...boxes, fill())
      for (const item of frames(label)) {
        const place = { x: pt(item.xUm), y: pt(high - item.yUm - item.heightUm) }
        page.drawRectangle({
          ...place,
          width: pt(item.widthUm),
          height: pt(item.heightUm),
          borderWidth: pt(item.strokeUm),
        })
      }
    }
    return pdf.save()
  }
}
