// SPDX-License-Identifier: Apache-2.0
// Milliseconds per durable human step of M2: recover, signal one task, take the state, write and sync it.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { EventEmitter } = require('node:events');
const { Engine } = require('bpmn-engine');

const source = fs.readFileSync(process.argv[2], 'utf8').replace(/amount &gt; 100/, 'next(null, true)')
  .replace('xsi:type="bpmn:tFormalExpression"', 'xsi:type="bpmn:tFormalExpression" language="JavaScript"');
const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'bpmn-')), 'state.json');

function keep(state) {
  const handle = fs.openSync(file, 'w');
  fs.writeSync(handle, JSON.stringify(state));
  fs.fsyncSync(handle);
  fs.closeSync(handle);
}

async function begin() {
  const engine = new Engine({ name: 'M2', source });
  const listener = new EventEmitter();
  const waits = new Promise((resolve) => listener.once('activity.wait', resolve));
  const execution = await engine.execute({ listener });
  await waits;
  keep(execution.getState());
  await engine.stop();
}

async function step() {
  const engine = new Engine().recover(JSON.parse(fs.readFileSync(file, 'utf8')));
  const execution = await engine.resume();
  const [waiting] = execution.getPostponed().filter((api) => api.type === 'bpmn:UserTask');
  if (!waiting) return false;
  waiting.signal();
  await new Promise((resolve) => setImmediate(resolve));
  keep(execution.getState());
  const goesOn = execution.state === 'running' && execution.getPostponed().length > 0;
  if (goesOn) await engine.stop(); // one that has ended never answers
  return goesOn;
}

(async () => {
  const times = [];
  for (let number = 0; number < 40; number += 1) {
    await begin();
    for (let goesOn = true; goesOn;) {
      const start = process.hrtime.bigint();
      goesOn = await step();
      times.push(Number(process.hrtime.bigint() - start) / 1e6);
    }
  }
  times.sort((a, b) => a - b);
  if (times.length < 120) throw new Error(`only ${times.length} steps`);
  console.log(`bpmn_engine.M2_step_milliseconds: ${times[Math.floor(times.length / 2)].toPrecision(4)} ms`);
})().catch((error) => { console.error(error); process.exit(1); });
