/* Comforts only: every action of the desk works without this file. */
"use strict";

const spoken = document.getElementById("copie");

for (const button of document.querySelectorAll("[data-copie]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copie);
    const words = button.innerHTML;
    button.textContent = "Copié";
    spoken.textContent = "Copié : " + button.dataset.copie;
    setTimeout(() => { button.innerHTML = words; }, 1500);
  });
}

/* In the list, up and down move between demandes; only when one of them has the focus. */
const links = [...document.querySelectorAll(".file h2 a")];
for (const [place, link] of links.entries()) {
  link.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && links[place + step]) {
      event.preventDefault();
      links[place + step].focus();
    }
  });
}

/* A refused act: bring the eye and the focus to what is wrong. */
const wrong = document.querySelector("[aria-invalid='true']");
if (wrong) wrong.focus();

/* No form leaves twice. */
for (const form of document.querySelectorAll("form[method='post']")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.parti) event.preventDefault();
    form.dataset.parti = "oui";
    setTimeout(() => { delete form.dataset.parti; }, 4000);
  });
}
