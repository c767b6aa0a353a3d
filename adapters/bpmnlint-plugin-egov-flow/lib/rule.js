// SPDX-License-Identifier: Apache-2.0
'use strict';

const checks = require('./checks');
const said = require('./messages.json');

/** Return the sentence of a rule, its code before it, in the language of EGOV_FLOW_LANG (en or id). */
function sentence(name, given) {
  const texts = said[name];
  const language = typeof process !== 'undefined' && process.env && process.env.EGOV_FLOW_LANG === 'id' ? 'id' : 'en';
  const text = texts[language].replace(/\{(\w+)\}/g, (whole, word) => word in given ? String(given[word]) : whole);
  return `${texts.code}: ${text}`;
}

/** Return the bpmnlint rule of that name. */
module.exports = function rule(name) {
  return function() {
    return {
      check(node, reporter) {
        const found = checks[name](node);
        for (const given of Array.isArray(found) ? found : found ? [ found ] : []) {
          reporter.report(node.id, sentence(name, given === true ? {} : given));
        }
      }
    };
  };
};
