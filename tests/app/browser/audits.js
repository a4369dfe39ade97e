// Checks that run in the page. Each gives a list of complaints in words, empty when all is well.
() => {
  const shown = (element) => {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && box.width > 1 && box.height > 1 && style.clip !== "rect(0px, 0px, 0px, 0px)";
  };
  const told = (element) => {
    const place = element.closest("[data-testid]")?.dataset.testid ?? "";
    return `${element.tagName.toLowerCase()}.${[...element.classList].join(".")} in ${place}: ${(element.textContent || element.outerHTML).trim().slice(0, 60)}`;
  };

  const named = (element) => {
    const by = (element.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter(Boolean);
    const words = [
      element.getAttribute("aria-label"),
      ...by.map((id) => document.getElementById(id)?.textContent),
      ...[...(element.labels ?? [])].map((label) => label.textContent),
      element.title,
      ["INPUT", "SELECT", "TABLE"].includes(element.tagName) ? "" : element.textContent,
    ];
    return words.some((one) => one && one.trim());
  };

  const texts = () => {
    const found = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const parent = walk.currentNode.parentElement;
      if (parent.closest("script, style, noscript, code, pre")) continue;
      if (walk.currentNode.data.trim()) found.push(walk.currentNode.data.trim());
    }
    for (const name of ["aria-label", "title", "placeholder", "alt", "aria-description", "aria-valuetext"]) {
      for (const element of document.querySelectorAll(`[${name}]`)) found.push(element.getAttribute(name));
    }
    return found;
  };

  // Colours: relative luminance and contrast of WCAG 2.2.
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = (element) => {
    const layers = [];
    for (let one = element; one; one = one.parentElement) layers.push(rgba(getComputedStyle(one).backgroundColor));
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]);
  };
  const contrast = (element) => {
    const back = ground(element);
    const style = getComputedStyle(element);
    const ink = rgba(style.color);
    for (let one = element; one; one = one.parentElement) ink[3] *= Number(getComputedStyle(one).opacity);
    const [low, high] = [light(over(ink, back)), light(back)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const isLarge = (style) => parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);

  return {
    texts,
    unnamed: () =>
      [...document.querySelectorAll("input:not([type=hidden]), select, textarea, button, a[href], [role=button], [role=img], [role=slider], summary, table, canvas:not([aria-hidden])")]
        .filter((element) => shown(element) && !element.closest("[aria-hidden=true], [role=img] canvas"))
        .filter((element) => element.tagName !== "CANVAS" || !element.closest("[role=img], [aria-label], figure"))
        .filter((element) => element.tagName !== "TABLE" || !element.caption)
        .filter((element) => !named(element))
        .map(told),
    headings: () => {
      const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(shown).map((one) => [Number(one.tagName[1]), told(one)]);
      const skipped = levels.filter(([level], i) => level > (i ? levels[i - 1][0] : 0) + 1).map(([, words]) => `skips a level: ${words}`);
      const firsts = levels.filter(([level]) => level === 1).length;
      return firsts === 1 ? skipped : [...skipped, `${firsts} headings of level 1`];
    },
    doubled: () => {
      const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
      return ids.filter((id, i) => ids.indexOf(id) !== i);
    },
    dangling: () =>
      [...document.querySelectorAll("[aria-labelledby], [aria-describedby], [aria-controls], label[for]")].flatMap((element) =>
        ["aria-labelledby", "aria-describedby", "aria-controls", "for"].flatMap((name) =>
          (element.getAttribute(name) ?? "").split(/\s+/).filter((id) => id && !document.getElementById(id)).map((id) => `${name}=${id} of ${told(element)}`),
        ),
      ),
    pale: () => {
      const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const seen = new Set();
      while (walk.nextNode()) if (walk.currentNode.data.trim()) seen.add(walk.currentNode.parentElement);
      return [...seen]
        .filter((element) => shown(element) && !element.closest(":disabled, [aria-disabled=true], script, style, option"))
        .map((element) => [contrast(element), isLarge(getComputedStyle(element)) ? 3 : 4.5, element])
        .filter(([found, needed]) => found < needed - 0.005)
        .map(([found, , element]) => `${found.toFixed(2)} ${told(element)}`);
    },
    wide: () =>
      document.documentElement.scrollWidth <= innerWidth
        ? []
        : [...document.body.querySelectorAll("*")].filter((one) => shown(one) && one.getBoundingClientRect().right > innerWidth + 1).slice(0, 5).map(told),
    tabbable: () => {
      const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")];
      return all
        .filter((one) => shown(one) && one.tabIndex >= 0 && !one.disabled && !one.closest("[inert]"))
        .filter((one) => one.type !== "radio" || one.checked || !document.querySelector(`input[name="${one.name}"]:checked`))
        .map((one) => ((one.dataset.audit ??= `${all.indexOf(one)}`), `${one.dataset.audit} ${told(one)}`));
    },
    focused: () => {
      const one = document.activeElement;
      if (!one || one === document.body) return null;
      const ring = (element) => {
        const style = getComputedStyle(element);
        return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== "none";
      };
      const label = one.labels?.[0] ?? one;
      return { key: one.dataset.audit ?? "", words: told(one), ring: [one, label, one.parentElement, one.nextElementSibling].some((each) => each && ring(each)) };
    },
  };
}
