/* Comforts only: every action of the desk works without this file. */
"use strict";

const spoken = document.getElementById("copie");
const remembered = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
const remember = (key, value) => { try { localStorage.setItem(key, value); } catch { /* private browsing */ } };

/* Copying: one field, or everything; what has been copied stays marked. */
for (const button of document.querySelectorAll("[data-copie], [data-copie-de]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  const words = button.innerHTML;
  button.addEventListener("click", async () => {
    const whole = button.dataset.copieDe && document.getElementById(button.dataset.copieDe);
    const text = whole ? whole.textContent : button.dataset.copie;
    await navigator.clipboard.writeText(text);
    button.classList.add("copie-faite");
    button.textContent = "Copié";
    spoken.textContent = whole ? "Tout est copié" : "Copié : " + text;
    setTimeout(() => { button.innerHTML = words; }, 1500);
  });
}

/* In the list, up and down move between demandes; only when one of them has the focus. */
const links = [...document.querySelectorAll(".file h2 a, .fils h2 a")];
const move = (step) => {
  const place = links.indexOf(document.activeElement);
  const next = links[place < 0 ? (step > 0 ? 0 : links.length - 1) : place + step];
  if (next) next.focus();
  return Boolean(next);
};
for (const link of links) {
  link.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && move(step)) event.preventDefault();
  });
}

/* A refused act: bring the eye and the focus to what is wrong. */
const wrong = document.querySelector("[aria-invalid='true']");
if (wrong) {
  const folded = wrong.closest("details");
  if (folded) folded.open = true;
  wrong.focus();
}

/* No form leaves twice. */
for (const form of document.querySelectorAll("form[method='post']")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.parti) event.preventDefault();
    form.dataset.parti = "oui";
    setTimeout(() => { delete form.dataset.parti; }, 4000);
  });
}

/* Undoing: the button goes when it is too late. */
for (const button of document.querySelectorAll("[data-dure]")) {
  setTimeout(() => { button.closest("form").hidden = true; }, 1000 * Number(button.dataset.dure));
}

/* Everything ticked at once, and how many are. */
const boxes = [...document.querySelectorAll("input[name='demande']")];
const chosen = document.getElementById("lot-nombre");
const count = () => {
  const number = boxes.filter((box) => box.checked).length;
  if (chosen) chosen.textContent = number === 0 ? "Rien de coché" : number === 1 ? "1 cochée" : number + " cochées";
};
for (const box of boxes) box.addEventListener("change", count);
const every = document.querySelector("[data-tout-cocher]");
if (every && boxes.length) {
  every.addEventListener("click", (event) => {
    event.preventDefault();
    const on = !boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = on;
    count();
  });
}
count();

/* Templates: a click fills the box without leaving the page; « / » in an empty box opens them. */
for (const link of document.querySelectorAll("[data-modele]")) {
  link.addEventListener("click", (event) => {
    const box = document.getElementById(link.dataset.champ);
    if (!box) return;
    event.preventDefault();
    box.value = link.dataset.modele;
    link.closest("details").open = false;
    box.focus();
  });
}
for (const box of document.querySelectorAll("[data-barre]")) {
  box.addEventListener("keydown", (event) => {
    const folded = box.closest("section").querySelector(".modeles-volet");
    if (event.key !== "/" || box.value || !folded) return;
    event.preventDefault();
    folded.open = true;
    folded.querySelector("a").focus();
  });
}

/* Counters, the title, and the thread in sight: asked for every 20 seconds, while somebody looks. */
const body = document.body;
const bare = document.title.replace(/^\(\d+\) /, "");
let known = null;
const shown = (name, number) => {
  const badge = document.getElementById("n-" + name);
  if (!badge) return;
  const holder = name === "urgences" ? document.getElementById("menu-urgences") : badge;
  holder.hidden = number === 0;
  (badge.querySelector("span") || badge).textContent = number;
};
const warn = (found) => {
  if (remembered("prevenir") !== "oui" || !("Notification" in window) || Notification.permission !== "granted") return;
  const said = found.urgences ? found.urgences + " urgence(s). " : "";
  new Notification("Bureau des conseillers", { body: said + (found.demandes + found.conversations) + " en attente.", tag: "bureau" });
};
const freshThread = async () => {
  const answer = await fetch(location.href, { headers: { "X-En-Fond": "oui" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const thread = page.getElementById("fil");
  if (thread) document.getElementById("fil").replaceWith(thread);
  spoken.textContent = "Un nouveau message est arrivé.";
};
const look = async () => {
  if (document.hidden && remembered("prevenir") !== "oui") return;
  const thread = body.dataset.fil ? "?fil=" + body.dataset.fil : "";
  const answer = await fetch(body.dataset.compteurs + thread, { headers: { "X-En-Fond": "oui" }, redirect: "error" });
  if (!answer.ok) return;
  const found = await answer.json();
  for (const name of ["urgences", "demandes", "conversations"]) shown(name, found[name]);
  const total = found.demandes + found.conversations;
  document.title = (total ? "(" + total + ") " : "") + bare;
  if (known && (found.demandes > known.demandes || found.conversations > known.conversations || found.urgences > known.urgences)) {
    warn(found);
    if (links.length || document.querySelector(".vide")) document.getElementById("du-neuf").hidden = false;
  }
  if (known && found.messages > known.messages) await freshThread();
  known = found;
};
if (body.dataset.compteurs) {
  const quietly = () => look().catch(() => {});
  quietly();
  setInterval(quietly, Number(body.dataset.rythme || 20) * 1000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) quietly(); });
}

/* Alerts of the browser, on demand; shortcuts, that one may turn off (WCAG 2.1.4). */
const bell = document.querySelector("[data-prevenir]");
if (bell && "Notification" in window) {
  const label = () => { bell.textContent = remembered("prevenir") === "oui" ? "Ne plus me prévenir sur cet appareil" : "Me prévenir sur cet appareil"; };
  bell.hidden = false;
  label();
  bell.addEventListener("click", async () => {
    const on = remembered("prevenir") !== "oui" && (await Notification.requestPermission()) === "granted";
    remember("prevenir", on ? "oui" : "non");
    label();
  });
}
const keys = document.querySelector("[data-raccourcis]");
if (keys) {
  const label = () => { keys.textContent = remembered("raccourcis") === "non" ? "Activer les raccourcis sur cet appareil" : "Désactiver les raccourcis sur cet appareil"; };
  keys.hidden = false;
  label();
  keys.addEventListener("click", () => { remember("raccourcis", remembered("raccourcis") === "non" ? "oui" : "non"); label(); });
}
const go = (selector) => { const link = document.querySelector(selector); if (link) link.click(); return Boolean(link); };
const reach = (selector) => {
  const place = document.querySelector(selector);
  if (!place) return false;
  const folded = place.closest("details");
  if (folded) folded.open = true;
  place.focus();
  return true;
};
const ACTS = {
  "?": () => go("a[href='/raccourcis/']"),
  "/": () => reach("#q") || go("a[href='/demandes/']"),
  j: () => (links.length ? move(1) : go("a[rel='next']")),
  k: () => (links.length ? move(-1) : go("a[rel='prev']")),
  x: () => { const line = document.activeElement.closest("li"); const box = line && line.querySelector("input[name='demande']"); if (box) box.click(); return Boolean(box); },
  e: () => go("a[href='#h-actions']"),
  r: () => reach("#r-message, #m-message"),
  n: () => reach("#n-note"),
  d: () => go("#navigation a[href='/demandes/']"),
  c: () => go("#navigation a[href='/conversations/']"),
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || remembered("raccourcis") === "non") return;
  if (event.target.closest("input:not([type='checkbox']), textarea, select, [contenteditable]")) return;
  const act = ACTS[event.key];
  if (act && act()) event.preventDefault();
});
