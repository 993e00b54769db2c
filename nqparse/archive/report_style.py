"""The style of the report's page: quiet type that carries Vietnamese marks well, light and dark, screen and paper."""

from __future__ import annotations

STYLE = """
:root {
  --type: "Be Vietnam Pro", "Segoe UI", "Noto Sans", "DejaVu Sans", system-ui, sans-serif;
  --paper: #fbfaf7; --card: #fff; --ink: #22252a; --soft: #60656d; --line: #e3e0d8;
  --accent: #2f5d62; --second: #8b94a0; --error: #b3423a; --warning: #b8862b;
  color-scheme: light dark;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #17191c; --card: #1e2125; --ink: #e6e4df; --soft: #a2a7ae; --line: #33373d;
    --accent: #7fb5b5; --second: #7d8794; --error: #e0827a; --warning: #d9b06a;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 3.5rem 1.5rem 2rem; max-width: 60rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.6 var(--type);
}
h1 { margin: 0; font-size: 2.1rem; font-weight: 600; line-height: 1.35; letter-spacing: -.01em; }
h2 { margin: 0 0 .25rem; font-size: 1.2rem; font-weight: 600; line-height: 1.45; }
h1 span, h2 span { margin-left: .5rem; color: var(--soft); font-weight: 400; font-size: .62em; letter-spacing: 0; }
h2 span { font-size: .78em; }
p { margin: .1rem 0 .6rem; color: var(--soft); font-size: .9rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .75rem; padding: 0;
  margin: 1.5rem 0 2rem; list-style: none; }
.cards li { padding: .9rem 1rem; border-top: 2px solid var(--accent); background: var(--card); line-height: 1.4; }
.cards b { display: block; font-size: 1.7rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.cards span { display: block; color: var(--soft); font-size: .82rem; }
section { margin: 0 0 1.5rem; padding: 1.4rem 1.5rem 1rem; background: var(--card); border: 1px solid var(--line);
  border-radius: 3px; break-inside: avoid; }
figure { margin: .6rem 0; }
svg { display: block; width: 100%; height: auto; }
details { color: var(--soft); font-size: .88rem; }
summary { cursor: pointer; }
summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; }
details div { max-height: 24rem; overflow: auto; margin-top: .6rem; }
table { width: 100%; border-collapse: collapse; color: var(--ink); }
th, td { padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { color: var(--soft); font-weight: 500; }
td:last-child, th:last-child { padding-right: 0; text-align: right; font-variant-numeric: tabular-nums; }
footer { margin-top: 2rem; color: var(--soft); font-size: .85rem; }
@media print {
  body { padding: 0; max-width: none; } details { display: none; } section { border: 0; padding: .8rem 0; }
}
"""
