// SPDX-License-Identifier: Apache-2.0
// Reads one JSON document per line, {"text": …, "scope": …}, and answers each with what feelin makes of it: {"value": …} or {"error": …}.
import { createInterface } from 'node:readline';
import { evaluate } from 'feelin';

function written(value) {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return { number: String(value) };
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'function') return { kind: 'function' };
  if (Array.isArray(value)) return value.map(written);
  const kind = value.constructor?.name ?? 'Object';
  if (kind === 'FeelRange') return { kind: 'range' };
  if (kind.startsWith('Feel') && !('parameterNames' in value)) return { kind: 'temporal', text: evaluate('string(x)', { x: value }).value };
  if (kind !== 'Object') return { kind: 'function' };
  return { context: Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, written(entry)])) };
}

for await (const line of createInterface({ input: process.stdin })) {
  const { text, scope } = JSON.parse(line);
  let answer;
  try {
    answer = { value: written(evaluate(text, scope).value) };
  } catch (error) {
    answer = { error: String(error.message ?? error) };
  }
  process.stdout.write(JSON.stringify(answer) + '\n');
}
