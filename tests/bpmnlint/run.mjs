// SPDX-License-Identifier: Apache-2.0
// Reads [{rule, good, bad}] from stdin, lints each model with that rule alone, and writes what was reported.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(process.cwd() + '/');
const { BpmnModdle } = await import(require.resolve('bpmn-moddle'));
const Linter = require('bpmnlint/lib/linter');
const NodeResolver = require('bpmnlint/lib/resolver/node-resolver');

const moddle = new BpmnModdle();
const linter = new Linter({ resolver: new NodeResolver({ require }) });

async function reports(xml, config) {
  const { rootElement } = await moddle.fromXML(xml);
  const results = await linter.lint(rootElement, config);
  return Object.entries(results).flatMap(([rule, found]) => found.map(({ id, message, category }) => ({ rule, id, message, category })));
}

const out = [];
for (const { rule, good, bad } of JSON.parse(readFileSync(0, 'utf8'))) {
  const config = rule ? { rules: { [`egov-flow/${rule}`]: 'error' } } : { extends: 'plugin:egov-flow/recommended' };
  out.push({ rule, good: await reports(good, config), bad: await reports(bad, config) });
}
process.stdout.write(JSON.stringify(out));
