"use strict";
// Progressive: without this file every form still works by a page load.
const fil = document.getElementById("fil");
const avis = document.getElementById("avis");
const ecrit = document.getElementById("ecrit");
const saisie = document.getElementById("saisie");
const texte = document.getElementById("texte");
const personne = fil.dataset.personne;
const BROUILLON = `brouillon-${personne}`, ATTENTE = `attente-${personne}`;
let monde = fil.dataset.monde;
let rev = fil.dataset.rev;
let silence = 0;
let envoi = null;

function lire(cle) { try { return JSON.parse(sessionStorage.getItem(cle)) || []; } catch { return []; } }
function garder(cle, valeurs) { try { sessionStorage.setItem(cle, JSON.stringify(valeurs)); } catch { /* full: kept on the page only */ } }

// The first words of what is new, not its last button: what is said comes first.
function montrer(premier) {
  if (premier) fil.scrollTop = premier.offsetTop - fil.offsetTop - 12;
}

function placer(message) {
  const modele = document.createElement("template");
  modele.innerHTML = message.html;  // made and escaped by the server
  const ancien = document.getElementById("m" + message.id);
  if (ancien) { ancien.replaceWith(modele.content); return null; }
  fil.querySelector(".vide")?.remove();
  const nouveau = modele.content.firstElementChild;
  fil.insertBefore(nouveau, fil.querySelector(".attend"));
  return nouveau;
}

function dire(phrase, toujours) {
  avis.textContent = phrase;
  avis.hidden = false;
  clearTimeout(silence);
  if (!toujours) silence = setTimeout(() => { avis.hidden = true; }, 6000);
}

// --- what waits to leave: kept on this device until the server has taken it ------------------------------------

function attendants() {
  fil.querySelectorAll(".attend").forEach((bulle) => bulle.remove());
  for (const champs of lire(ATTENTE)) {
    const bulle = document.createElement("article");
    bulle.className = "message moi attend";
    bulle.innerHTML = '<div class="bulle"><span class="lu">Vous : </span><div class="corps"></div><time>pas encore parti</time></div>';
    bulle.querySelector(".corps").textContent = new URLSearchParams(champs).get("texte") || "…";
    fil.append(bulle);
  }
}

async function poster(action, champs) {
  const reponse = await fetch(action, { method: "POST", body: champs, headers: { Accept: "application/json" } });
  if (!reponse.ok) throw new Error(reponse.status);
}

// One at a time, in order; what does not leave stays first, and is tried again once the server answers.
function vider() {
  envoi ||= (async () => {
    try {
      for (let reste = lire(ATTENTE); reste.length; reste = lire(ATTENTE)) {
        await poster("envoyer", new URLSearchParams(reste[0]));
        garder(ATTENTE, lire(ATTENTE).slice(1));
        attendants();
      }
    } catch {
      dire("Le service ne répond pas. Votre message est gardé : il partira tout seul.", true);
    } finally { envoi = null; }
  })();
  return envoi;
}

async function suivre() {
  for (let absent = false; ;) {
    try {
      const reponse = await fetch(`fil?personne=${personne}&depuis=${rev}&monde=${monde}`);
      if (!reponse.ok) throw new Error(reponse.status);
      const neuf = await reponse.json();
      if (neuf.monde !== monde) {
        // Another run of the server: it knows nothing of what is on screen, and counts from the start.
        monde = neuf.monde;
        fil.querySelectorAll(".clavier").forEach((clavier) => clavier.remove());
        fil.querySelectorAll("article[id]").forEach((bulle) => bulle.removeAttribute("id"));
      }
      rev = neuf.rev;
      const arrives = neuf.messages.map(placer).filter(Boolean);
      montrer(arrives.find((un) => un.classList.contains("bot")) || arrives.at(-1));
      if (absent) { absent = false; dire("Le service répond de nouveau."); }
      neuf.avis.forEach((phrase) => dire(phrase));
      ecrit.hidden = !neuf.ecrit;
      if (lire(ATTENTE).length) await vider();
    } catch {
      absent = true;
      dire("Le service ne répond plus. Nouvel essai…", true);
      await new Promise((suite) => setTimeout(suite, 1000));
    }
  }
}

document.addEventListener("submit", async (evenement) => {
  const formulaire = evenement.target;
  if (formulaire.method !== "post") return;
  evenement.preventDefault();
  const bouton = evenement.submitter;
  const champs = new URLSearchParams(new FormData(formulaire, bouton));
  formulaire.closest("details")?.removeAttribute("open");
  if (formulaire === saisie) {
    texte.value = "";
    garder(BROUILLON, []);
    ajuster();
  }
  if (champs.has("texte")) {
    garder(ATTENTE, [...lire(ATTENTE), champs.toString()]);
    attendants();
    fil.scrollTop = fil.scrollHeight;
    await vider();
  } else {
    bouton?.setAttribute("disabled", "");
    try { await poster(formulaire.action, champs); } catch { dire("Le service ne répond pas. Touchez à nouveau dans un instant."); }
    bouton?.removeAttribute("disabled");
  }
  texte.focus({ preventScroll: true });
});

function ajuster() { texte.style.height = "auto"; texte.style.height = `${texte.scrollHeight + 2}px`; }
texte.addEventListener("input", () => { ajuster(); garder(BROUILLON, [texte.value]); });
texte.addEventListener("keydown", (evenement) => {
  if (evenement.key === "Enter" && !evenement.shiftKey && !evenement.isComposing && texte.value.trim()) {
    evenement.preventDefault();
    saisie.requestSubmit(saisie.querySelector("button"));
  }
});

if (!texte.value) texte.value = lire(BROUILLON)[0] || "";
ajuster();
attendants();
montrer([...fil.querySelectorAll(".message.bot")].at(-1));
texte.focus({ preventScroll: true });
suivre();
