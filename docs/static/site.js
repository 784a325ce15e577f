// Search and free sorting of the ledger. Without it every row is there, with filters and three orders.
document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("pre").forEach((block) => { block.tabIndex = 0; }); // a wide block scrolls by keyboard too

  const list = document.querySelector("ol.ledger");
  if (!list) return;
  const rows = [...list.children];
  const search = document.getElementById("ledger-search");
  const sort = document.getElementById("ledger-sort");
  const count = document.getElementById("ledger-count");
  document.querySelector(".with-script").hidden = false;

  const visible = () => rows.filter((row) => row.getClientRects().length > 0).length;
  const said = () => { count.textContent = `${visible()} / ${rows.length}`; };
  // Folds marks and case, so that "securite" finds "Sécurité".
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const texts = rows.map((row) => plain(row.textContent));

  search.addEventListener("input", () => {
    const words = plain(search.value).split(/\s+/).filter(Boolean);
    rows.forEach((row, place) => { row.hidden = !words.every((word) => texts[place].includes(word)); });
    said();
  });
  const keys = {
    claim: (row) => row.dataset.claim,
    verdict: (row) => Number(row.dataset.verdictOrder),
    grade: (row) => Number(row.dataset.gradeOrder),
    topic: (row) => row.dataset.topic,
    figures: (row) => -Number(row.dataset.figures),
  };
  sort.addEventListener("change", () => {
    const key = keys[sort.value];
    const less = (one, other) => (key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0);
    list.append(...[...rows].sort((one, other) => less(one, other) || (one.dataset.claim < other.dataset.claim ? -1 : 1)));
  });
  document.querySelectorAll(".filters input[type=radio], #topic").forEach((input) => input.addEventListener("change", said));

  // A link to a row opens it, in every browser.
  const open = () => {
    const place = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let node = place; node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
    if (place) place.scrollIntoView();
  };
  addEventListener("hashchange", open);
  open();
  addEventListener("beforeprint", () => rows.forEach((row) => { row.querySelector("details").open = true; }));
  said();
});
