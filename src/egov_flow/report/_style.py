# SPDX-License-Identifier: Apache-2.0
"""The style sheet of a report: readable on a phone, on A4 and in the dark; every pair of colors has a contrast of 4.5 or more."""

from __future__ import annotations

__all__ = ["CSS"]

CSS = """
:root{color-scheme:light dark;--ink:#1d2129;--quiet:#4d5562;--paper:#fff;--card:#f5f6f8;--line:#c9ced6;--link:#0b57a4;--bar:#0f766e;
--good:#1a6b3c;--bad:#a3211a;--doubt:#7a4b00}
@media (prefers-color-scheme:dark){:root{--ink:#e8eaee;--quiet:#b4bac4;--paper:#14171c;--card:#1e232a;--line:#434b57;--link:#8fc1ff;
--bar:#3fb5a8;--good:#7fd6a0;--bad:#ff9c93;--doubt:#f0c06a}}
*{box-sizing:border-box}
html{background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,"Segoe UI","Liberation Sans",Arial,sans-serif}
body{margin:0 auto;max-width:74rem;padding:1.5rem 1.25rem 4rem;overflow-wrap:break-word}
h1{font-size:1.9rem;line-height:1.2;margin:.2em 0}
h2{font-size:1.35rem;line-height:1.3;margin:2.6em 0 .6em;padding-top:.4em;border-top:2px solid var(--line)}
h3{font-size:1.08rem;margin:1.6em 0 .4em}
p{max-width:46rem;margin:.5em 0}
a{color:var(--link)}
a:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-99rem}.skip:focus{position:static}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.2rem;list-style:none;margin:1em 0;padding:0}
nav a{display:inline-block;padding:.25rem 0}
.quiet{color:var(--quiet)}th .quiet{font-weight:400}
dl.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:.8rem;margin:1.2em 0}
dl.tiles div{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.7rem .9rem;display:flex;flex-direction:column-reverse}
dl.tiles dd{margin:0;font-size:1.6rem;font-weight:650;line-height:1.25}
dl.tiles dt{color:var(--quiet);font-size:.9rem}
.wide{overflow-x:auto;margin:.8em 0;border-radius:.4rem}
table{border-collapse:collapse;width:100%;margin:0;font-size:.95rem}
caption{text-align:left;color:var(--quiet);padding:0 0 .4em;font-size:.9rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .7rem .4rem 0;border-bottom:1px solid var(--line)}
thead th{border-bottom:2px solid var(--line);vertical-align:bottom}
tbody th{font-weight:600}
th.number,td.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
td.bar{width:30%;min-width:6rem;padding-right:0}
td.bar svg{display:block;width:100%;height:1rem;fill:var(--bar)}
.facts tbody th{width:13rem}.broad{min-width:56rem}.broad td:nth-child(3){min-width:13rem}
.good{color:var(--good);font-weight:600}.bad{color:var(--bad);font-weight:600}.doubt{color:var(--doubt);font-weight:600}
code,pre{font:.88em/1.5 ui-monospace,"Liberation Mono",Consolas,monospace}
code{overflow-wrap:anywhere}
pre{background:var(--card);border:1px solid var(--line);border-radius:.4rem;padding:.8rem 1rem;margin:0;min-width:max-content}
figure{margin:1.2em 0}
figure .wide{background:#fff;border:1px solid var(--line)}
figure .wide>svg{display:block;width:100%;min-width:70rem;height:auto}
figcaption{color:var(--quiet);font-size:.9rem;margin-top:.4em}
footer{margin-top:3em;border-top:2px solid var(--line);padding-top:1em;color:var(--quiet);font-size:.9rem}
@media (max-width:40rem){body{padding:1rem .9rem 3rem}h1{font-size:1.5rem}.facts tbody th{width:8rem}}
@media print{@page{size:A4;margin:16mm}@page wide{size:A4 landscape;margin:10mm}figure{page:wide}
:root{color-scheme:light;--ink:#000;--quiet:#333;--paper:#fff;--card:#fff;--line:#999;--link:#000;--bar:#0f766e;
--good:#1a6b3c;--bad:#a3211a;--doubt:#7a4b00}
html{font-size:10pt}body{max-width:none;padding:0}nav,.skip{display:none}h2,h3,caption{break-after:avoid}tr,figure,dl.tiles div{break-inside:avoid}
.wide{overflow:visible}figure .wide>svg{min-width:0}.broad{min-width:0;font-size:7.5pt}.broad td:nth-child(3){min-width:0}
.broad th,.broad td{padding-right:.3rem}
pre{white-space:pre-wrap;min-width:0}}
""".strip()
