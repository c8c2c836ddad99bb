(function () {
  "use strict";
  var KEY = "hkconcept.language", picks = document.querySelectorAll("input.pick"), root = document.documentElement;
  function show(language, keep) {
    var pick = document.getElementById("show-" + language), article = document.getElementById(language);
    if (!pick || !article) { return; }
    pick.checked = true;
    root.lang = article.lang;
    document.title = article.dataset.title;
    if (keep) { try { localStorage.setItem(KEY, language); } catch (e) { /* not remembered on this page */ } }
  }
  var saved = null, anchor = /^#(zh|en)(-|$)/.exec(location.hash);
  try { saved = localStorage.getItem(KEY); } catch (e) { /* no storage for this page */ }
  picks.forEach(function (p) { p.addEventListener("change", function () { show(p.value, true); }); });
  if (anchor) {
    show(anchor[1], false);
    var aim = document.getElementById(location.hash.slice(1));
    if (aim) { aim.scrollIntoView(); }
  } else if (saved) { show(saved, false); }
  function reveal() {
    var at = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    var box = at && at.closest("details");
    if (box) { box.open = true; at.scrollIntoView(); }
  }
  addEventListener("hashchange", reveal);
  reveal();
  addEventListener("beforeprint", function () {
    document.querySelectorAll("details:not([open])").forEach(function (d) { d.open = true; d.dataset.shut = "1"; });
  });
  addEventListener("afterprint", function () {
    document.querySelectorAll("details[data-shut]").forEach(function (d) { d.open = false; delete d.dataset.shut; });
  });
})();
