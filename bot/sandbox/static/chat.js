"use strict";
// Progressive: without this file every form still works by a page load.
const fil = document.getElementById("fil");
const avis = document.getElementById("avis");
const ecrit = document.getElementById("ecrit");
const saisie = document.getElementById("saisie");
const texte = document.getElementById("texte");
const personne = fil.dataset.personne;
let rev = fil.dataset.rev;
let silence = 0;

function enBas() { fil.scrollTop = fil.scrollHeight; }

function placer(message) {
  const modele = document.createElement("template");
  modele.innerHTML = message.html;  // made and escaped by the server
  const ancien = document.getElementById("m" + message.id);
  if (ancien) { ancien.replaceWith(modele.content); return; }
  fil.querySelector(".vide")?.remove();
  fil.append(modele.content);
  enBas();
}

function dire(phrase) {
  avis.textContent = phrase;
  avis.hidden = false;
  clearTimeout(silence);
  silence = setTimeout(() => { avis.hidden = true; }, 6000);
}

async function suivre() {
  for (;;) {
    try {
      const reponse = await fetch(`fil?personne=${personne}&depuis=${rev}`);
      const neuf = await reponse.json();
      rev = neuf.rev;
      neuf.messages.forEach(placer);
      neuf.avis.forEach(dire);
      ecrit.hidden = !neuf.ecrit;
    } catch {
      dire("Le bac à sable ne répond plus. Nouvel essai…");
      await new Promise((suite) => setTimeout(suite, 2000));
    }
  }
}

document.addEventListener("submit", async (evenement) => {
  evenement.preventDefault();
  const formulaire = evenement.target;
  const champs = new URLSearchParams(new FormData(formulaire, evenement.submitter));
  evenement.submitter?.setAttribute("disabled", "");
  formulaire.closest("details")?.removeAttribute("open");
  if (formulaire === saisie) { texte.value = ""; ajuster(); }
  try {
    await fetch(formulaire.action, { method: "POST", body: champs, headers: { Accept: "application/json" } });
  } catch {
    dire("Le message n'est pas parti. Réessayez.");
  }
  evenement.submitter?.removeAttribute("disabled");
  texte.focus({ preventScroll: true });
});

function ajuster() { texte.style.height = "auto"; texte.style.height = `${texte.scrollHeight + 2}px`; }
texte.addEventListener("input", ajuster);
texte.addEventListener("keydown", (evenement) => {
  if (evenement.key === "Enter" && !evenement.shiftKey && !evenement.isComposing && texte.value.trim()) {
    evenement.preventDefault();
    saisie.requestSubmit(saisie.querySelector("button"));
  }
});

enBas();
texte.focus({ preventScroll: true });
suivre();
