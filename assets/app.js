/* Stafettlogg – progressive enhancement only. Every flow works without this file. No eval, no innerHTML (Trusted Types safe). */
(function () {
  'use strict';
  var d = document, html = d.documentElement;
  html.classList.add('js');
  var $ = function (s, r) { return (r || d).querySelector(s); };
  var $$ = function (s, r) { return Array.prototype.slice.call((r || d).querySelectorAll(s)); };

  /* What a form would send: every POST carries its token */
  var fields = function (form) { return new URLSearchParams(new FormData(form)); };

  /* 1. Move focus to the error summary or to the receipt after a form round trip */
  var f = $('[data-focus]'); if (f) f.focus();
  var s = $('.ds-error-summary[data-title]'), prefix = s ? s.getAttribute('data-title') : '';
  if (d.title.indexOf(prefix) !== 0) d.title = prefix + ' ' + d.title;

  /* 2. <button command="show-modal" commandfor="id"> fallback for browsers without invokers */
  if (!('commandForElement' in HTMLButtonElement.prototype)) {
    d.addEventListener('click', function (e) {
      var b = e.target.closest && e.target.closest('button[commandfor]'); if (!b) return;
      var t = d.getElementById(b.getAttribute('commandfor')), c = b.getAttribute('command');
      if (!t) return;
      if (c === 'show-modal') t.showModal(); else if (c === 'close') t.close();
    });
  }

  /* 3. Drafts: saved on the server only (shared school computers: nothing in localStorage) */
  $$('form[data-autosave]').forEach(function (form) {
    var out = $('[data-autosave-status]', form), timer = 0, dirty = false, busy = false;
    function save() {
      if (!dirty || busy) return; busy = true; dirty = false;
      fetch(form.getAttribute('data-autosave'), { method: 'POST', body: fields(form), credentials: 'same-origin', headers: { 'X-Requested-With': 'autosave' } })
        .then(function (r) { if (!r.ok) throw 0; var n = new Date(); out.textContent = form.getAttribute('data-msg-ok').replace('{kl}', ('0' + n.getHours()).slice(-2) + '.' + ('0' + n.getMinutes()).slice(-2)); })
        .catch(function () { dirty = true; out.textContent = form.getAttribute('data-msg-fail'); })
        .then(function () { busy = false; });
    }
    form.addEventListener('input', function () { dirty = true; clearTimeout(timer); timer = setTimeout(save, 1500); });
    form.addEventListener('submit', function () { dirty = false; });
    addEventListener('visibilitychange', function () { if (d.visibilityState === 'hidden') save(); });
    addEventListener('beforeunload', function (e) { if (dirty) e.preventDefault(); });
  });

  /* 4. Session end: warn two minutes ahead, extend with one press, drafts are kept */
  var dlg = $('#okt'), body = d.body;
  if (dlg) {
    var total = +body.getAttribute('data-session') || 1800, warn = 120, ends = Date.now() + total * 1000, left = $('[data-left]', dlg), last = -1;
    var tick = function () {
      var s = Math.round((ends - Date.now()) / 1000);
      if (s <= 0) { location.href = body.getAttribute('data-timeout'); return; }
      if (s <= warn && !dlg.open) dlg.showModal();
      var m = Math.ceil(s / 60);
      if (dlg.open && m !== last) { last = m; left.textContent = left.getAttribute('data-' + (m > 1 ? 'many' : 'one')).replace('{n}', m); }
    };
    setInterval(tick, 1000); tick();
    dlg.addEventListener('close', function () { fetch(body.getAttribute('data-keepalive'), { method: 'POST', body: fields($('form', dlg)), credentials: 'same-origin' }).then(function () { ends = Date.now() + total * 1000; }, function () { }); });
  }

  /* 5. Show a masked identity number: one audited request, answer inserted as text, hidden again after 60 s */
  $$('form[data-reveal]').forEach(function (form) {
    form.addEventListener('submit', function (e) {
      e.preventDefault();
      var t = d.getElementById(form.getAttribute('data-reveal')), st = $('[role=status]', form.parentNode), b = $('button', form), masked = t.textContent;
      fetch(form.action, { method: 'POST', body: fields(form), credentials: 'same-origin', headers: { 'Accept': 'text/plain' } }).then(function (r) { if (!r.ok) throw 0; return r.text(); }).then(function (x) {
        t.textContent = x.trim(); st.textContent = form.getAttribute('data-msg'); b.hidden = true;
        setTimeout(function () { t.textContent = masked; st.textContent = ''; b.hidden = false; }, 60000);
      }).catch(function () { form.submit(); });
    });
  });

  /* A file that is too large is told before it is sent, and nothing typed is lost */
  $$('input[data-max]').forEach(function (i) {
    var ok = function () { var f = i.files[0]; i.setCustomValidity(f && f.size > +i.getAttribute('data-max') ? i.getAttribute('data-large') : ''); return i.reportValidity(); };
    i.addEventListener('change', ok);
    i.form.addEventListener('submit', function (e) { if (!e.defaultPrevented && !(e.submitter && e.submitter.name) && !ok()) e.preventDefault(); });
  });

  /* 6. Character counters and print buttons */
  $$('[data-count]').forEach(function (ta) {
    var out = d.getElementById(ta.getAttribute('data-count')), max = +ta.getAttribute('maxlength'), t = 0;
    var upd = function () { out.textContent = (max - ta.value.length) + ' ' + out.getAttribute('data-suffix'); };
    ta.addEventListener('input', function () { clearTimeout(t); t = setTimeout(upd, 400); }); upd();
  });
  $$('[data-print]').forEach(function (b) { b.addEventListener('click', function () { print(); }); });
})();
