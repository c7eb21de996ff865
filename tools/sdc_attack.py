#!/usr/bin/python3
"""sdc_attack.py - computes masked counts back from shown ones, as an attacker would who has every page.

usage: sdc_attack.py FACTS.json --truth TRUTH.json [--limit 3] [--time 45] [--json OUT.json] [--milp] [--verbose]
       sdc_attack.py --selftest

FACTS.json : list of  {"cells":[id,...], "value":n}            sum of the elementary cells == n
                  or  {"cells":[id,...], "min":a, "max":b}     (optional rule knowledge: a <= sum <= b)
             what is masked is simply left out.
TRUTH.json : {"cells": {id:n, ...},
              "targets": [{"name":s, "cells":[id,...], "kind":"cell"|"filter"}, ...]}   (targets optional)
             or just {id:n, ...}.  Without targets every elementary cell is a target of kind "cell".
             A target is sensitive when its true count is 1..2 ("cell") or 1..4 ("filter").

The attacker knows only: cells are integers >= 0, and the facts.  Stages, each sound (never a false "exact"):
  1 zero     a fact of value 0 fixes its cells; interval propagation with integrality to a fixpoint
  2 linear   row-space test (random null-space projections, LSQR); determined aggregates are fed back to 1
  3 zeros    cells that are 0 in every solution, found by a few LPs; after that stage 2 is complete for the LP model
  4 lp       LP min/max + integer rounding; random-objective LPs first give inner bounds that clear
             most targets at once, individual LPs then decide what is still narrow
  5 milp     (small systems, --milp) integer min/max of targets that LP left narrower than the limit
Prints the targets that are sensitive and exactly recovered, or bounded to fewer than --limit, and how; then one line of figures.
Exit 0: nothing was recovered and nothing was left undecided; 1: something was recovered; 3: time ran out before all was decided.
Needs Debian's python3-numpy and python3-scipy (tools/packages/test), for which it runs under /usr/bin/python3.
"""
import sys, json, time, argparse
import numpy as np
import scipy.sparse as sp
from scipy.sparse.linalg import lsqr
from scipy.optimize import linprog

SENS_MAX = {"cell": 2, "filter": 4}


class Attack:
    def __init__(self, facts, truth_cells, targets, limit=3, tlimit=45.0, seed=1, milp=False, verbose=False):
        self.t0 = time.process_time()
        self.tlimit = tlimit
        self.limit = limit
        self.verbose = verbose
        self.use_milp = milp
        self.rng = np.random.default_rng(seed)
        ids = {}
        for k in truth_cells:
            ids.setdefault(str(k), len(ids))
        for f in facts:
            for c in f["cells"]:
                ids.setdefault(str(c), len(ids))
        self.ids = ids
        n = self.n = len(ids)
        self.x = np.zeros(n, dtype=np.int64)
        for k, v in truth_cells.items():
            self.x[ids[str(k)]] = v
        # targets
        if not targets:
            targets = [{"name": str(k), "cells": [k], "kind": "cell"} for k in truth_cells]
        self.tn = [t["name"] for t in targets]
        self.tk = np.array([t.get("kind", "cell") for t in targets])
        self.T = self._mat([t["cells"] for t in targets])
        self.tv = self.T @ self.x
        lim = np.array([SENS_MAX[k] for k in self.tk])
        self.sens = (self.tv >= 1) & (self.tv <= lim)
        # facts
        eq, eqv, iq, iql, iqh = [], [], [], [], []
        for f in facts:
            cells = [str(c) for c in f["cells"]]
            if not cells:
                continue
            if "value" in f:
                eq.append(cells); eqv.append(f["value"])
            else:
                iq.append(cells); iql.append(f.get("min", 0)); iqh.append(f.get("max", 10 ** 9))
        self.A = self._mat(eq); self.b = np.array(eqv, dtype=float)
        self.G = self._mat(iq); self.gl = np.array(iql, dtype=float); self.gh = np.array(iqh, dtype=float)
        if self.A.shape[0] and np.any(self.A @ self.x != self.b):
            raise SystemExit("facts contradict the truth file")
        if self.G.shape[0] and (np.any(self.G @ self.x < self.gl) or np.any(self.G @ self.x > self.gh)):
            raise SystemExit("interval facts contradict the truth file")
        self.lb = np.zeros(n); self.ub = np.full(n, 1e9)
        self.tlo = np.zeros(len(self.tn)); self.thi = np.full(len(self.tn), 1e9)
        self.how = np.array([""] * len(self.tn), dtype=object)

    def _mat(self, rows):
        r, c = [], []
        for i, cells in enumerate(rows):
            for k in cells:
                r.append(i); c.append(self.ids[str(k)])
        return sp.csr_matrix((np.ones(len(r)), (r, c)), shape=(len(rows), self.n))

    def left(self):
        return self.tlimit - (time.process_time() - self.t0)

    def log(self, *a):
        if self.verbose:
            print("  [%.1fs]" % (time.process_time() - self.t0), *a, file=sys.stderr)

    # ---- stage 1: interval propagation ------------------------------------------------------
    def propagate(self):
        M = sp.vstack([self.A, self.G]).tocsr()
        lo = np.concatenate([self.b, self.gl]); hi = np.concatenate([self.b, self.gh])
        if M.shape[0] == 0:
            return
        Mc = M.tocoo(); r, c = Mc.row, Mc.col
        for it in range(200):
            slb = M @ self.lb; sub = M @ self.ub
            nub = np.minimum(self.ub[c], hi[r] - (slb[r] - self.lb[c]))
            nlb = np.maximum(self.lb[c], lo[r] - (sub[r] - self.ub[c]))
            ub = self.ub.copy(); lb = self.lb.copy()
            np.minimum.at(ub, c, np.floor(nub + 1e-9)); np.maximum.at(lb, c, np.ceil(nlb - 1e-9))
            if np.array_equal(ub, self.ub) and np.array_equal(lb, self.lb):
                break
            self.ub, self.lb = ub, lb
        self._settle("zero/interval")

    def _settle(self, how):
        """bounds of targets from bounds of cells"""
        lo = self.T @ self.lb; hi = self.T @ self.ub
        self.tlo = np.maximum(self.tlo, lo); self.thi = np.minimum(self.thi, hi)
        new = (self.tlo == self.thi) & (self.how == "")
        self.how[new] = how
        bad = (self.tlo > self.tv) | (self.thi < self.tv)
        assert not bad.any(), "attacker unsound"

    @staticmethod
    def _dedupe(A):
        A.sort_indices()
        sig = {}
        for i in range(A.shape[0]):
            sig.setdefault(A.indices[A.indptr[i]:A.indptr[i + 1]].tobytes(), i)
        return sorted(sig.values())

    # ---- stage 2: row space -----------------------------------------------------------------
    def linear(self, tag="linear"):
        for rnd in range(6):
            free = np.flatnonzero(self.lb < self.ub)
            if len(free) == 0 or self.A.shape[0] == 0:
                return
            fixedv = np.where(self.lb == self.ub, self.lb, 0.0)
            A = self.A[:, free]; b = self.b - self.A @ fixedv
            keep = np.diff(A.tocsr().indptr) > 0
            A = A.tocsr()[keep]; b = b[keep]
            T = self.T[:, free]; tfix = self.T @ fixedv
            if A.shape[0] == 0:
                return
            sel = self._dedupe(A); A = A[sel]; b = b[sel]
            kw = dict(atol=1e-12, btol=1e-12, iter_lim=8000)
            x0 = lsqr(A, b, **kw)[0]
            ok = np.ones(len(self.tn), dtype=bool)
            for k in range(2):
                z = self.rng.standard_normal(len(free))
                z = z - lsqr(A, A @ z, **kw)[0]
                z = z - lsqr(A, A @ z, **kw)[0]
                s = abs(T @ z)
                ok &= s < 1e-6 * np.maximum(1.0, np.sqrt(np.asarray(T.sum(axis=1)).ravel()))
            val = T @ x0 + tfix
            ok &= (abs(val - np.round(val)) < 1e-4) & (self.tlo < self.thi)
            ok &= np.round(val) == self.tv            # numeric safety net: a wrong value is never counted
            idx = np.flatnonzero(ok)
            if len(idx) == 0:
                return
            self.tlo[idx] = self.thi[idx] = self.tv[idx]
            self.how[idx] = tag
            self.log("linear round", rnd, "determined", len(idx))
            before = (self.lb.sum(), self.ub.sum())
            self.A = sp.vstack([self.A, self.T[idx]]).tocsr()
            self.b = np.concatenate([self.b, self.tv[idx].astype(float)])
            self.propagate()
            if before == (self.lb.sum(), self.ub.sum()):
                return

    # ---- stage 3a: implied zeros.  The affine hull of {A x = b, x >= 0} is {A x = b} plus the cells that are 0 in every
    #      solution; find those with a few LPs (maximise the sum of the suspects), then stage 2 is complete for the LP model.
    def implied_zeros(self):
        free = np.flatnonzero(self.lb < self.ub)
        if len(free) == 0 or self.A.shape[0] == 0:
            return False
        fixedv = np.where(self.lb == self.ub, self.lb, 0.0)
        A = self.A[:, free].tocsr(); b = self.b - self.A @ fixedv
        keep = np.diff(A.indptr) > 0
        A, b = A[keep], b[keep]
        sel = self._dedupe(A); A, b = A[sel], b[sel]
        Ac = A.tocsc(); Ac.sort_indices()
        sig = {}; grp = np.zeros(len(free), dtype=np.int64)
        for j in range(len(free)):
            grp[j] = sig.setdefault(Ac.indices[Ac.indptr[j]:Ac.indptr[j + 1]].tobytes(), len(sig))
        ng = len(sig); rep = np.zeros(ng, dtype=np.int64); rep[grp] = np.arange(len(free))
        A2 = A[:, rep]
        lb = np.bincount(grp, self.lb[free], ng); ub = np.minimum(np.bincount(grp, self.ub[free], ng), 1e9)
        susp = lb == 0
        AA = sp.hstack([A2, A2]).tocsr()                       # x = u + v, u <= eps: maximise sum of u over the suspects
        eps = 0.05
        for k in range(12):
            if not susp.any() or self.left() < self.tlimit * 0.3:
                return False
            c = np.concatenate([np.where(susp, -self.rng.uniform(0.9, 1.0, ng), 0.0), np.zeros(ng)])
            bu = np.where(susp, np.minimum(eps, ub), 0.0)
            r = linprog(c, A_eq=AA, b_eq=b, bounds=np.r_[np.c_[np.zeros(ng), bu], np.c_[lb, np.maximum(ub - bu, lb)]],
                        method="highs")
            self.nlp += 1
            if r.status != 0:
                return False
            pos = susp & (r.x[:ng] + r.x[ng:] > 1e-7)
            if not pos.any():
                zero = free[susp[grp]]
                self.log("implied zeros:", len(zero), "cells after", k + 1, "LPs")
                if (self.x[zero] != 0).any():
                    raise AssertionError("attacker unsound (implied zeros)")
                self.ub[zero] = 0
                return len(zero) > 0
            susp &= ~pos
            eps /= 4
        return False

    # ---- stage 3: LP ------------------------------------------------------------------------
    def lp(self):
        free = np.flatnonzero(self.lb < self.ub)
        und = self.sens & (self.tlo < self.thi)
        if len(free) == 0 or not und.any():
            self.inner = None
            return
        fixedv = np.where(self.lb == self.ub, self.lb, 0.0)
        A = self.A[:, free].tocsr(); b = self.b - self.A @ fixedv
        keep = np.diff(A.indptr) > 0
        A, b = A[keep], b[keep]
        sel = self._dedupe(A)                                  # identical rows carry nothing new
        A, b = A[sel], b[sel]
        G = self.G[:, free].tocsr(); gl = self.gl - self.G @ fixedv; gh = self.gh - self.G @ fixedv
        # identical columns are one variable (only their sum matters) unless a target splits them
        full = sp.vstack([A, G]).tocsc()
        Tu = self.T[np.flatnonzero(und)][:, free]
        colsig = {}
        grp = np.zeros(len(free), dtype=np.int64)
        both = sp.vstack([full, Tu]).tocsc(); both.sort_indices()
        for j in range(len(free)):
            key = both.indices[both.indptr[j]:both.indptr[j + 1]].tobytes()
            grp[j] = colsig.setdefault(key, len(colsig))
        ng = len(colsig)
        P = sp.csr_matrix((np.ones(len(free)), (np.arange(len(free)), grp)), shape=(len(free), ng))
        rep = np.zeros(ng, dtype=np.int64); rep[grp] = np.arange(len(free))
        A2 = A[:, rep].tocsr(); G2 = G[:, rep].tocsr(); T2 = self.T[:, free][:, rep].tocsr()
        lb2 = P.T @ self.lb[free]; ub2 = np.minimum(P.T @ self.ub[free], 1e9)
        tfix = self.T @ fixedv
        Aub = sp.vstack([G2, -G2]).tocsr() if G2.shape[0] else None
        bub = np.concatenate([gh, -gl]) if G2.shape[0] else None
        uidx = np.flatnonzero(und)
        Tu2 = T2[uidx]
        imin = np.full(len(uidx), np.inf); imax = np.full(len(uidx), -np.inf)
        self.log("lp: vars", ng, "eq", A2.shape[0], "ineq", 0 if Aub is None else Aub.shape[0], "targets", len(uidx))

        def solve(c):
            r = linprog(c, A_eq=A2, b_eq=b, A_ub=Aub, b_ub=bub, bounds=np.c_[lb2, ub2], method="highs",
                        options={"time_limit": max(1.0, self.left())})
            return r if r.status == 0 else None

        nlp = 0
        # random objectives over what is still narrow
        for k in range(400):
            width = imax - imin
            nar = np.flatnonzero(~(width >= self.limit))
            if len(nar) == 0 or self.left() < self.tlimit * 0.2:
                break
            if k > 8 and len(nar) < 10:
                break
            w = np.zeros(len(uidx)); pick = nar if k % 2 == 0 else self.rng.choice(nar, max(1, len(nar) // 3), replace=False)
            w[pick] = self.rng.choice([-1.0, 1.0], len(pick)) * self.rng.uniform(0.5, 1.5, len(pick))
            r = solve(np.asarray(Tu2.T @ w).ravel()); nlp += 1
            if r is None:
                break
            v = Tu2 @ r.x + tfix[uidx]
            imin = np.minimum(imin, v); imax = np.maximum(imax, v)
        width = imax - imin
        nar = np.flatnonzero(~(width >= self.limit))
        self.log("lp: after", nlp, "sampling LPs narrow", len(nar))
        undecided = []
        for j in nar[np.argsort(self.tv[uidx[nar]], kind="stable")]:
            if imax[j] - imin[j] >= self.limit:
                continue
            if self.left() < 1.0:
                undecided.append(uidx[j]); continue
            c = np.asarray(Tu2[j].todense()).ravel()
            res = []
            for sgn in (1, -1):
                r = solve(sgn * c); nlp += 1
                if r is None:
                    break
                res.append(sgn * r.fun + tfix[uidx[j]])
                v = Tu2 @ r.x + tfix[uidx]
                imin = np.minimum(imin, v); imax = np.maximum(imax, v)
            if len(res) < 2:
                undecided.append(uidx[j]); continue
            lo, hi = np.ceil(res[0] - 1e-6), np.floor(res[1] + 1e-6)
            t = uidx[j]
            if self.use_milp and hi > lo and hi - lo < self.limit:
                lo, hi = self._milp(c, A2, b, Aub, bub, lb2, ub2, tfix[t], lo, hi)
            self.tlo[t] = max(self.tlo[t], lo); self.thi[t] = min(self.thi[t], hi)
            assert self.tlo[t] <= self.tv[t] <= self.thi[t], "attacker unsound (lp)"
            if self.tlo[t] == self.thi[t]:
                self.how[t] = "lp"
        self.undecided = undecided
        self.nlp = nlp
        self.log("lp: done", nlp, "LPs, undecided", len(undecided))

    def _milp(self, c, A, b, Aub, bub, lb, ub, off, lo, hi):
        from scipy.optimize import milp, LinearConstraint, Bounds
        cons = [LinearConstraint(A, b, b)]
        if Aub is not None:
            cons.append(LinearConstraint(Aub, -np.inf, bub))
        for sgn in (1, -1):
            r = milp(sgn * c, constraints=cons, integrality=np.ones(len(c)), bounds=Bounds(lb, ub),
                     options={"time_limit": max(1.0, min(5.0, self.left()))})
            if r.status == 0:
                v = sgn * r.fun + off
                if sgn == 1: lo = max(lo, np.round(v))
                else: hi = min(hi, np.round(v))
        return lo, hi

    def run(self):
        self.undecided = []; self.nlp = 0
        self.propagate(); self.log("zero/interval exact", int((self.sens & (self.tlo == self.thi)).sum()))
        self.linear(); self.log("linear exact", int((self.sens & (self.tlo == self.thi)).sum()))
        self.complete = False
        while self.sens[self.tlo < self.thi].any():
            if not self.implied_zeros():
                break
            self.propagate(); self.linear("linear+implied zeros")
        self.log("after implied zeros exact", int((self.sens & (self.tlo == self.thi)).sum()))
        self.lp()
        return self.report()

    def report(self):
        ex = self.sens & (self.tlo == self.thi)
        und = np.zeros(len(self.tn), dtype=bool); und[self.undecided] = True
        nar = self.sens & ~ex & (self.thi - self.tlo < self.limit) & ~und
        rep = {"facts": int(self.A.shape[0]), "cells": self.n, "targets": len(self.tn),
               "sensitive": int(self.sens.sum()),
               "sensitive_cell": int((self.sens & (self.tk == "cell")).sum()),
               "sensitive_filter": int((self.sens & (self.tk == "filter")).sum()),
               "exact": int(ex.sum()), "exact_cell": int((ex & (self.tk == "cell")).sum()),
               "exact_filter": int((ex & (self.tk == "filter")).sum()),
               "by": {h: int((ex & (self.how == h)).sum()) for h in sorted(set(self.how[ex]))},
               "narrow": int(nar.sum()), "limit": self.limit, "undecided": len(self.undecided),
               "lps": self.nlp, "cpu_seconds": round(time.process_time() - self.t0, 1),
               "exact_list": [{"name": self.tn[i], "n": int(self.tv[i]), "how": self.how[i]} for i in np.flatnonzero(ex)],
               "narrow_list": [{"name": self.tn[i], "n": int(self.tv[i]), "lo": int(self.tlo[i]), "hi": int(self.thi[i])}
                               for i in np.flatnonzero(nar)]}
        return rep


def selftest():
    # 1 naive R1+R2 complement: 3 orgs, one category total known, two orgs shown
    f = [{"cells": ["a", "b", "c"], "value": 14}, {"cells": ["a"], "value": 6}, {"cells": ["b"], "value": 6}]
    r = Attack(f, {"a": 6, "b": 6, "c": 2}, None).run()
    assert r["exact"] == 1 and r["exact_list"][0]["name"] == "c", r
    # 2 only linear algebra sees it: rows and columns of a 2x2 with a hidden diagonal pair is safe ...
    t = {"p": 2, "q": 4, "r": 5, "s": 1}
    m = [{"cells": ["p", "q"], "value": 6}, {"cells": ["r", "s"], "value": 6}, {"cells": ["p", "r"], "value": 7},
         {"cells": ["q", "s"], "value": 5}]
    r = Attack(m, t, None).run(); assert r["exact"] == 0, r
    # ... until one cell is published
    r = Attack(m + [{"cells": ["q"], "value": 4}], t, None).run(); assert r["exact"] == 2, r
    # 3 only LP sees it: p+q=2, q+r=2, p+r=2 -> p=q=r=1 is linear; with slack s: p+q+s=2, q+r+s=2, p+r+s=3, p+q+r=3 ...
    t = {"p": 1, "q": 1, "r": 1}
    r = Attack([{"cells": ["p", "q"], "value": 2}, {"cells": ["q", "r"], "value": 2}, {"cells": ["p", "r"], "value": 2}], t, None).run()
    assert r["exact"] == 3
    # nonnegativity: a+b=2, b+c=0 -> a=2
    r = Attack([{"cells": ["a", "b"], "value": 2}, {"cells": ["b", "c"], "value": 0}], {"a": 2, "b": 0, "c": 0}, None).run()
    assert r["exact"] == 1 and r["by"] == {"zero/interval": 1}
    # LP: a+b+c=2, d-vars: a+d=3,b+d=3,c+d=2?  (a=1,b=1,c=0,d=2): sum gives a+b+c+3d=8 -> d=2 -> all fixed (linear)
    r = Attack([{"cells": "abc", "value": 2}, {"cells": "ad", "value": 3}, {"cells": "bd", "value": 3}, {"cells": "cd", "value": 2}],
               {"a": 1, "b": 1, "c": 0, "d": 2}, None).run(); assert r["exact"] == 3, r
    # true LP case (not linear, not one-row propagation): 2x3 with one masked row total pattern
    # cells x1..x6, x1+x2+x3=3 ; x4+x5+x6=6 ; x1+x4=2 ; x2+x5=2 (true 2,0) ; x3+x6=5 (x3=0) ; x2+x6=... :
    t = {"x1": 1, "x2": 2, "x3": 0, "x4": 1, "x5": 0, "x6": 5}
    fx = [{"cells": ["x1", "x2", "x3"], "value": 3}, {"cells": ["x4", "x5", "x6"], "value": 6}, {"cells": ["x1", "x4"], "value": 2},
          {"cells": ["x2", "x5"], "value": 2}, {"cells": ["x3", "x6"], "value": 5}, {"cells": ["x2", "x6"], "value": 7}]
    r = Attack(fx, t, None).run()
    assert {e["name"] for e in r["exact_list"]} >= {"x2"}, r
    # rule knowledge as interval facts
    r = Attack([{"cells": "ab", "value": 2}, {"cells": "a", "min": 1, "max": 2}, {"cells": "b", "min": 1, "max": 2}],
               {"a": 1, "b": 1}, None).run(); assert r["exact"] == 2, r
    print("sdc_attack selftest ok")


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("facts", nargs="?"); ap.add_argument("--truth"); ap.add_argument("--limit", type=int, default=3)
    ap.add_argument("--time", type=float, default=45); ap.add_argument("--json"); ap.add_argument("--milp", action="store_true")
    ap.add_argument("--verbose", action="store_true"); ap.add_argument("--selftest", action="store_true")
    a = ap.parse_args()
    if a.selftest or not a.facts:
        return selftest()
    facts = json.load(open(a.facts)); tr = json.load(open(a.truth))
    cells = tr.get("cells", tr) if isinstance(tr, dict) else None
    targets = tr.get("targets") if "cells" in tr else None
    rep = Attack(facts, cells, targets, a.limit, a.time, milp=a.milp, verbose=a.verbose).run()
    if a.json:
        json.dump(rep, open(a.json, "w"), indent=1)
    for e in rep["exact_list"][:40]:
        print("EXACT  %-40s n=%d  (%s)" % (e["name"], e["n"], e["how"]))
    for e in rep["narrow_list"][:20]:
        print("NARROW %-40s n=%d  in [%d,%d]" % (e["name"], e["n"], e["lo"], e["hi"]))
    print(json.dumps({k: v for k, v in rep.items() if not k.endswith("_list")}))
    sys.exit(1 if rep["exact"] else 3 if rep["undecided"] else 0)


if __name__ == "__main__":
    main()
