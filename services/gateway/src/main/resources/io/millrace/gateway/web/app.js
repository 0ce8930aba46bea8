"use strict";

const STAGES = ["submitted", "profiling", "searching", "ensembling", "published"];
const ENDS = ["published", "rejected", "failed"];
const EVENTS = ["dataset.submitted", "dataset.profiled", "dataset.rejected", "range-test.requested", "learning-rate.found",
  "trial.requested", "trial.trained", "trial.failed", "trial.evaluated", "decision.made", "intervention.assessed", "search.completed", "ensemble.built",
  "model.published", "run.failed"];
const $ = id => document.getElementById(id);

let stream = null;
let timers = [];
let shown = 0;

async function get(path) {
  const answer = await fetch(path);
  const body = await answer.json();
  if (!answer.ok) throw new Error(`${body.detail} ${body.remedy}`);
  return body;
}

function element(tag, text, className) {
  const e = document.createElement(tag);
  if (text !== undefined) e.textContent = text;
  if (className) e.className = className;
  return e;
}

function row(cells) {
  const tr = element("tr");
  for (const [content, className] of cells) {
    const td = element("td", content instanceof Node ? undefined : content, className);
    if (content instanceof Node) td.append(content);
    tr.append(td);
  }
  return tr;
}

function number(x) {
  if (typeof x !== "number") return "–";
  return Math.abs(x) >= 1000 ? x.toFixed(1) : x.toPrecision(4);
}

const clock = instant => instant ? new Date(instant).toLocaleTimeString() : "";
const when = instant => instant ? new Date(instant).toLocaleString() : "";

function span(seconds) {
  const s = Math.max(0, Math.round(seconds));
  return s < 60 ? `${s} s` : `${Math.floor(s / 60)} min ${s % 60} s`;
}

function runRow(run) {
  const link = element("a", run.name || run.id);
  link.href = `#/runs/${encodeURIComponent(run.id)}`;
  return row([
    [link], [element("span", run.status, `status ${run.status}`)],
    [`${run.progress.done} / ${run.progress.requested}`, "n"], [number(run.bestScore), "n"],
    [run.metric || ""], [when(run.submittedAt)]]);
}

async function list(cursor) {
  const page = await get(`runs?limit=25${cursor ? `&cursor=${cursor}` : ""}`);
  const rows = page.runs.map(runRow);
  if (cursor) $("runs").tBodies[0].append(...rows); else $("runs").tBodies[0].replaceChildren(...rows);
  $("none").hidden = $("runs").tBodies[0].rows.length > 0;
  $("more").hidden = !page.next;
  $("more").onclick = () => { stopTimers(); list(page.next); };
}

function interval(score, low, high) {
  const NS = "http://www.w3.org/2000/svg";
  const at = x => 4 + 136 * (high > low ? (x - low) / (high - low) : 0.5);
  const svg = document.createElementNS(NS, "svg");
  svg.setAttribute("viewBox", "0 0 144 16");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `${number(score.low)} to ${number(score.high)}`);
  const line = document.createElementNS(NS, "line");
  for (const [k, v] of [["x1", at(score.low)], ["x2", at(score.high)], ["y1", 8], ["y2", 8]]) line.setAttribute(k, v);
  const dot = document.createElementNS(NS, "circle");
  for (const [k, v] of [["cx", at(score.value)], ["cy", 8], ["r", 4]]) dot.setAttribute(k, v);
  svg.append(line, dot);
  return svg;
}

function showBoard(board) {
  $("kind").textContent = board.complete ? "final" : "live";
  const finite = board.rows.filter(r => Number.isFinite(r.score.low) && Number.isFinite(r.score.high));
  const low = Math.min(...finite.map(r => r.score.low));
  const high = Math.max(...finite.map(r => r.score.high));
  $("board").tBodies[0].replaceChildren(...board.rows.map(r => row([
    [r.rank, "n"], [r.trial], [r.family], [number(r.score.value), "n"],
    [finite.includes(r) ? interval(r.score, low, high) : "–"], [r.folds, "n"],
    [r.learningRate ? r.learningRate.toPrecision(2) : "–", "n"], [r.trainSeconds.toFixed(1), "n"], [r.verdict],
    [r.weight ? `${Math.round(100 * r.weight)} %` : "–", "n"]])));
  $("holdout").textContent = board.holdoutScore ? `holdout ${number(board.holdoutScore.value)}` : "";
  $("calibration").textContent =
    board.calibrationError === undefined ? "" : `calibration error ${number(board.calibrationError)}`;
  if (board.score) $("best").textContent = number(board.score.value);
}

function showRun(run) {
  $("name").textContent = run.name || run.id;
  $("status").textContent = run.status;
  $("status").className = `status ${run.status}`;
  const d = run.data;
  $("facts").textContent = d
    ? `${d.task}, ${d.trainingRows.toLocaleString()} training rows, ${d.holdoutRows.toLocaleString()} in the holdout, ${d.features} features, ${d.folds} folds`
    : run.fileName || "";
  const stages = STAGES.slice(0, -1).concat(ENDS.includes(run.status) ? [run.status] : ["published"]);
  $("stages").replaceChildren(...stages.map(stage => {
    const li = element("li", stage, run.stages[stage] ? "reached" : "");
    li.append(element("time", clock(run.stages[stage])));
    return li;
  }));
  $("best").textContent = number(run.bestScore);
  $("metric").textContent = run.metric ? `best ${run.metric}` : "best score";
  $("trials").textContent = `${run.progress.done} / ${run.progress.requested}`;
  $("failed").textContent = run.progress.failed;
  const ended = ENDS.includes(run.status);
  const begun = Date.parse(run.submittedAt);
  const now = ended ? Date.parse(run.endedAt) : Date.now();
  $("leftlabel").textContent = ended || !run.deadline ? "time taken" : "time left";
  $("left").textContent = ended || !run.deadline ? span((now - begun) / 1000) : span((Date.parse(run.deadline) - now) / 1000);
  const limit = run.settings && run.settings.trials;
  const share = ended ? 1 : run.deadline ? (now - begun) / (Date.parse(run.deadline) - begun) : limit ? run.progress.done / limit : 0;
  $("bar").value = Math.min(1, Math.max(0, share));
  const told = [run.reason && run.reason.message, run.reason && run.reason.remedy, run.incomplete].filter(Boolean);
  $("reason").hidden = told.length === 0;
  $("reason").className = ["failed", "rejected"].includes(run.status) || run.incomplete ? "" : "calm";
  $("reason").textContent = told.join(" ");
  $("model").hidden = run.status !== "published";
  $("archive").href = `models/${encodeURIComponent(run.name || "")}/archive`;
  return ended;
}

function logEvent(message) {
  const event = JSON.parse(message.data);
  const li = element("li");
  li.append(element("time", clock(event.time)), element("b", event.type), element("span", event.subject));
  $("events").prepend(li);
  while ($("events").children.length > 300) $("events").lastChild.remove();
}

function follow(id) {
  const path = `runs/${encodeURIComponent(id)}`;
  let pending = false;
  let current = null;
  const mine = ++shown;
  const refresh = async () => {
    pending = false;
    try {
      const [run, board] = await Promise.all([get(path), get(`${path}/leaderboard`)]);
      if (mine !== shown) return;
      current = run;
      showRun(run);
      showBoard(board);
    } catch (problem) {
      $("reason").hidden = false;
      $("reason").textContent = problem.message;
    }
  };
  const soon = () => {
    if (!pending) {
      pending = true;
      setTimeout(refresh, 300);
    }
  };
  stream = new EventSource(`${path}/events`);
  for (const type of EVENTS) stream.addEventListener(type, message => { logEvent(message); soon(); });
  timers.push(setInterval(() => { if (current && showRun(current)) stopTimers(); }, 1000));
  refresh();
}

function stopTimers() {
  timers.forEach(clearInterval);
  timers = [];
}

function navigate() {
  stopTimers();
  shown++;
  if (stream) stream.close();
  stream = null;
  const match = location.hash.match(/^#\/runs\/([^/]+)$/);
  $("home").hidden = Boolean(match);
  $("detail").hidden = !match;
  $("events").replaceChildren();
  $("board").tBodies[0].replaceChildren();
  if (match) {
    follow(decodeURIComponent(match[1]));
  } else {
    list();
    timers.push(setInterval(() => list(), 3000));
  }
}

function choose(files) {
  $("file").files = files;
  $("chosen").textContent = files.length ? files[0].name : "Drop a data set here";
  $("start").disabled = !files.length;
}

async function upload(event) {
  event.preventDefault();
  $("start").disabled = true;
  $("message").className = "";
  $("message").textContent = "Uploading…";
  try {
    const answer = await fetch("datasets", { method: "POST", body: new FormData($("upload")) });
    const body = await answer.json();
    if (!answer.ok) throw new Error(`${body.detail} ${body.remedy}`);
    $("upload").reset();
    choose(new DataTransfer().files);
    $("message").textContent = "";
    location.hash = `#/runs/${body.run}`;
  } catch (problem) {
    $("message").className = "bad";
    $("message").textContent = problem.message;
    $("start").disabled = false;
  }
}

$("file").addEventListener("change", () => choose($("file").files));
$("upload").addEventListener("submit", upload);
for (const type of ["dragover", "dragleave", "drop"]) {
  $("drop").addEventListener(type, event => {
    event.preventDefault();
    $("drop").classList.toggle("over", type === "dragover");
    if (type === "drop") choose(event.dataTransfer.files);
  });
}
addEventListener("hashchange", navigate);
navigate();
