// What every page has to stand: the rules that a machine can check (axe), in light and in dark; a
// narrow phone, and text at twice its size, without scrolling sideways and with nothing cut or
// broken; and no word of another language.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { catalogue } from './people.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const EVERYTHING = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
};
const COLOURS = { runOnly: { type: 'rule', values: ['color-contrast'] } };
const ALL_BUT_COLOURS = { ...EVERYTHING, rules: { 'color-contrast': { enabled: false } } };
const NARROW = 320;
const OTHER = { en: 'es', es: 'en' };

/** Looks at pages as they are reached, and collects what is wrong with them. */
export class Inspection {
  found = [];
  #part;
  #locale;

  /** `part`: whose catalogue the pages read, `phone` or `staff`. */
  constructor(part, locale = 'en') {
    this.#part = part;
    this.#locale = locale;
  }

  async look(page, name) {
    const wrong = (what) => this.found.push(...what.map((one) => `${name}: ${one}`));
    // Colours are the same in each language, and what is not colour is the same in the dark.
    const inEnglish = this.#locale === 'en';
    if (inEnglish) wrong(await inLight(page, 'dark', COLOURS));
    wrong(await inLight(page, 'light', inEnglish ? EVERYTHING : ALL_BUT_COLOURS));
    wrong(await this.#strangers(page));
    const size = page.viewportSize();
    await page.setViewportSize({ ...size, width: NARROW });
    const ours = Object.values(catalogue(this.#part, this.#locale)).join(' ').split(/[\s–-]+/);
    wrong((await cut(page, ours)).map((one) => `${NARROW} px: ${one}`));
    await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
    wrong((await cut(page, ours)).map((one) => `${NARROW} px, 200 %: ${one}`));
    await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
    await page.setViewportSize(size);
  }

  /** The language the page says it is in, and what stands on it in the other one. */
  async #strangers(page) {
    const { lang, texts } = await page.evaluate(() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const texts = [];
      // A letter to a family is in the family's language.
      const ofThePage = (node) => node.parentElement.closest('[lang]') === document.documentElement;
      while (walker.nextNode())
        if (ofThePage(walker.currentNode)) texts.push(walker.currentNode.textContent.trim());
      return { lang: document.documentElement.lang, texts };
    });
    const ours = new Set(Object.values(catalogue(this.#part, this.#locale)));
    const theirs = new Set(Object.values(catalogue(this.#part, OTHER[this.#locale])));
    const strange = texts.filter(
      (text) => text.length > 3 && theirs.has(text) && !ours.has(text) && !(text in NAMES),
    );
    return [...(lang === this.#locale ? [] : [`the page says that it is in ${lang}`]), ...strange];
  }
}

/** Each language is named in its own words, on every page. */
const NAMES = { English: 'en', Español: 'es' };

/** What lies open over a page is looked at alone: the page under it was looked at before. */
const ABOVE = '[role=dialog], [role=alertdialog]';

/** What axe finds in one scheme of colours, a line each. */
async function inLight(page, colorScheme, rules) {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  const { violations } = await page.evaluate(
    // What React Aria says aloud it leaves standing, unseen, after what it names is gone.
    ([rules, above]) =>
      window.axe.run(document.querySelector(above) ?? { exclude: '[data-live-announcer]' }, rules),
    [{ ...rules, resultTypes: ['violations'] }, ABOVE],
  );
  return violations.flatMap(({ id, nodes }) =>
    // What the bar at the thumb half covers is scrolled out from under it.
    nodes.filter(({ failureSummary }) => !failureSummary.includes('partially obscured')).map(({ target, failureSummary }) => `${colorScheme}: ${id}: ${target} ${failureSummary}`),
  );
}

/** What is wider than its room: the page itself, what sticks out of it, words that are cut off, and
    in titles `ours`, the words that no person wrote. */
function cut(page, ours) {
  return page.evaluate(async ([above, ours]) => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const room = document.documentElement.clientWidth;
    const scrolls = (element) => {
      for (let at = element; at && at !== document.body; at = at.parentElement)
        if (/auto|scroll/.test(getComputedStyle(at).overflowX)) return true;
      return false;
    };
    const found = [];
    const wide = document.scrollingElement.scrollWidth;
    if (wide > room) found.push(`the page is ${wide} px wide`);
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (words.nextNode()) {
      const { currentNode: text } = words;
      range.selectNodeContents(text);
      const { left, right, width } = range.getBoundingClientRect();
      const around = text.parentElement;
      const unseen = width <= 1 || around.getBoundingClientRect().width <= 1;
      if (!unseen && (right > room + 1 || left < -1) && !scrolls(around))
        found.push(`words stick out: ${text.textContent.trim().slice(0, 40)}`);
    }
    for (const heading of document.querySelectorAll('h1, h2, h3, h4')) {
      const texts = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT);
      while (texts.nextNode())
        for (const { 0: word, index } of texts.currentNode.data.matchAll(/[^\s–-]+/g)) {
          range.setStart(texts.currentNode, index);
          range.setEnd(texts.currentNode, index + word.length);
          const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
          if (lines.size > 1 && ours.includes(word)) found.push(`a word of a title breaks: ${word}`);
        }
    }
    const pen = document.createElement('canvas').getContext('2d');
    for (const field of document.querySelectorAll('input[placeholder]')) {
      pen.font = getComputedStyle(field, '::placeholder').font;
      const { width } = pen.measureText(field.placeholder);
      if (field.value === '' && width > field.clientWidth)
        found.push(`“${field.placeholder}” is cut at ${field.clientWidth} of ${Math.round(width)}`);
    }
    for (const element of (document.querySelector(above) ?? document.body).querySelectorAll('*')) {
      const { left, right, width, height } = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      const unseen = width <= 1 || height <= 1 || style.visibility === 'hidden';
      // A field scrolls what does not fit into it.
      if (
        unseen ||
        element.matches('input') ||
        element.closest('svg, .visually-hidden, [aria-hidden=true]')
      )
        continue;
      const name = `${element.tagName.toLowerCase()}.${element.className} “${element.textContent.trim().slice(0, 40)}”`;
      if ((right > room + 1 || left < -1) && !scrolls(element))
        found.push(`${name} sticks out: ${Math.round(left)} to ${Math.round(right)}`);
      const clips = /hidden|clip/.test(style.overflowX) || style.textOverflow === 'ellipsis';
      if (clips && element.scrollWidth > element.clientWidth + 1)
        found.push(`${name} is cut at ${element.clientWidth} of ${element.scrollWidth}`);
    }
    return found;
  }, [ABOVE, ours]);
}
