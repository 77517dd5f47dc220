// Asks decancer about every case that `EvasionTable#cases` wrote, and prints its recall beside the folding's.
import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'

if (process.argv[2] === '--worker') {
  await work()
} else if (process.argv.length === 3) {
  await compare(process.argv[2])
} else {
  console.error('usage: node compare.mjs CASES.ndjson')
  process.exitCode = 2
}

/** Answers cases that the parent process sends. decancer can abort its whole process, so it has one of its own. */
async function work() {
  const { default: decancer } = await import('decancer')
  const cure = (text) => {
    try {
      return decancer(text)
    } catch {
      return null // text that decancer says it cannot cure
    }
  }
  process.on('message', ({ text, source }) => {
    const started = performance.now()
    // Found when the cured text contains the source as it is written, or the source cured the same way.
    const cured = cure(text)
    const wanted = cure(source)
    const found = cured !== null && (cured.contains(source) || (wanted !== null && cured.contains(wanted.toString())))
    process.send({ found, milliseconds: performance.now() - started })
  })
}

/** One answer of a worker; a worker that dies of the case has not found it. */
function ask(worker, one) {
  return new Promise((resolve) => {
    const answered = (answer) => {
      worker.off('exit', died)
      resolve(answer)
    }
    const died = () => {
      worker.off('message', answered)
      resolve({ found: false, milliseconds: 0, died: true })
    }
    worker.once('message', answered)
    worker.once('exit', died)
    worker.send({ text: one.text, source: one.source })
  })
}

async function compare(file) {
  const start = () => fork(new URL(import.meta.url).pathname, ['--worker'], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  const alone = new Map()
  const totals = { alone: [0, 0, 0], pairs: [0, 0, 0] }
  let milliseconds = 0
  let deaths = 0
  let worker = start()
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line === '') continue
    const one = JSON.parse(line)
    const answer = await ask(worker, one)
    if (answer.died) {
      deaths++
      worker = start()
    }
    milliseconds += answer.milliseconds
    const kind = one.evasions.length === 1 ? 'alone' : 'pairs'
    const rows = [totals[kind]]
    if (kind === 'alone') {
      const name = one.evasions[0]
      if (!alone.has(name)) alone.set(name, [0, 0, 0])
      rows.push(alone.get(name))
    }
    for (const row of rows) {
      row[0]++
      row[1] += one.found ? 1 : 0
      row[2] += answer.found ? 1 : 0
    }
  }
  worker.disconnect()
  const percent = (part, whole) => `${((100 * part) / whole).toFixed(1)} %`
  const print = (name, [cases, ours, theirs]) =>
    console.log(`| ${name} | ${cases} | ${percent(ours, cases)} | ${percent(theirs, cases)} |`)
  console.log('| Evasion | cases | folding | decancer |\n| --- | --- | --- | --- |')
  alone.forEach((row, name) => print(name, row))
  print('**alone**', totals.alone)
  print('**pairs**', totals.pairs)
  const cases = totals.alone[0] + totals.pairs[0]
  console.log(`\ndecancer: ${(milliseconds / cases).toFixed(4)} ms a case; its process aborted in ${deaths} cases`)
}
