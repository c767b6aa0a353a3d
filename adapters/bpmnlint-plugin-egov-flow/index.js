// SPDX-License-Identifier: Apache-2.0
'use strict';

const said = require('./lib/messages.json');
const checks = require('./lib/checks');

const LEVELS = { error: 'error', warning: 'warn', info: 'info' };

/** Every rule that exists here, with the severity that `egov-flow check` gives it. */
const rules = {};

for (const name of Object.keys(checks).sort()) {
  rules[`egov-flow/${name}`] = LEVELS[said[name].severity];
}

module.exports = {
  configs: {
    recommended: { rules },
    errors: { rules: Object.fromEntries(Object.entries(rules).filter(([, level]) => level === 'error')) }
  }
};
