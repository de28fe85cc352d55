# Reference values of metafor for tests/unit/evidence.  Needs R with metafor and jsonlite (Debian: r-cran-metafor,
# r-cran-jsonlite).  Run:  Rscript tools/r/metafor_reference.R > tests/unit/evidence/reference/metafor.json
# The tests themselves need no R.
suppressMessages({library(metafor); library(jsonlite)})

tight <- list(threshold = 1e-11, maxiter = 10000)

sets <- list(
  bcg = escalc("RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg),
  normand_md = escalc("MD", m1i = m1i, sd1i = sd1i, n1i = n1i, m2i = m2i, sd2i = sd2i, n2i = n2i, data = dat.normand1999),
  normand_smd = escalc("SMD", m1i = m1i, sd1i = sd1i, n1i = n1i, m2i = m2i, sd2i = sd2i, n2i = n2i, data = dat.normand1999),
  raudenbush = dat.raudenbush1985,
  hackshaw = dat.hackshaw1998,
  bangertdrowns = dat.bangertdrowns2004,
  molloy = escalc("ZCOR", ri = ri, ni = ni, data = dat.molloy2014),
  li = escalc("OR", ai = ai, n1i = n1i, ci = ci, n2i = n2i, data = dat.li2007)
)

one <- function(d, method, test) {
  if (method == "PM") control <- list(tol = 1e-12, maxiter = 10000) else control <- tight
  fit <- rma(yi, vi, data = d, method = method, test = test, control = control)
  p <- predict(fit)
  ci <- confint(fit, type = "QP", control = list(tol = 1e-12, maxiter = 10000, tau2.max = 1e6))$random["tau^2", ]
  list(method = method, test = test, k = fit$k, estimate = fit$beta[1], se = fit$se, ci = c(fit$ci.lb, fit$ci.ub),
       p = fit$pval, tau2 = fit$tau2, tau2_ci = unname(ci[2:3]), i2 = fit$I2, h2 = fit$H2, q = fit$QE, q_p = fit$QEp,
       prediction = c(p$pi.lb, p$pi.ub), weights = unname(weights(fit)))
}

loo <- function(d, method, test) {
  fit <- rma(yi, vi, data = d, method = method, test = test, control = if (method == "PM") list(tol = 1e-12, maxiter = 10000) else tight)
  l <- leave1out(fit)
  list(method = method, test = test, estimate = l$estimate, se = l$se, low = l$ci.lb, high = l$ci.ub, tau2 = l$tau2)
}

infl <- function(d) {
  fit <- rma(yi, vi, data = d, method = "REML", control = tight)
  i <- influence(fit)
  list(rstudent = i$inf$rstudent, dffits = i$inf$dffits, cook = i$inf$cook.d, cov_ratio = i$inf$cov.r,
       tau2 = i$inf$tau2.del, hat = i$inf$hat, stands_out = unname(i$is.infl))
}

regression <- function(d, mods, method, test) {
  fit <- rma(yi, vi, mods = as.matrix(d[mods]), data = d, method = method, test = test, control = if (method == "PM") list(tol = 1e-12, maxiter = 10000) else tight)
  list(features = as.list(d[mods]), method = method, test = test, beta = as.vector(fit$beta), se = fit$se,
       low = fit$ci.lb, high = fit$ci.ub, p = fit$pval, tau2 = fit$tau2, qm = fit$QM, qm_p = fit$QMp, qe = fit$QE, qe_p = fit$QEp)
}

egger <- function(d) {
  fit <- rma(yi, vi, data = d, method = "REML", control = tight)
  r <- regtest(fit, model = "rma", predictor = "sei")
  list(slope = r$fit$beta[2], slope_p = r$pval, limit = r$est, limit_ci = c(r$ci.lb, r$ci.ub))
}

grid <- expand.grid(method = c("REML", "DL", "PM"), test = c("knha", "z"), stringsAsFactors = FALSE)
result <- lapply(sets, function(d) {
  d <- d[!is.na(d$yi) & !is.na(d$vi), ]
  list(
    yi = as.vector(d$yi), vi = as.vector(d$vi),
    pools = lapply(seq_len(nrow(grid)), function(i) one(d, grid$method[i], grid$test[i])),
    leave_one_out = lapply(seq_len(nrow(grid)), function(i) loo(d, grid$method[i], grid$test[i])),
    influence = infl(d), egger = egger(d))
})
bcg <- sets$bcg
bang <- sets$bangertdrowns[!is.na(sets$bangertdrowns$length) & !is.na(sets$bangertdrowns$wic), ]
regressions <- c(
  lapply(seq_len(nrow(grid)), function(i) c(list(set = "bcg", yi = as.vector(bcg$yi), vi = as.vector(bcg$vi)),
         regression(bcg, c("ablat", "year"), grid$method[i], grid$test[i]))),
  lapply(seq_len(nrow(grid)), function(i) c(list(set = "bangertdrowns", yi = as.vector(bang$yi), vi = as.vector(bang$vi)),
         regression(bang, c("length", "wic"), grid$method[i], grid$test[i]))))
n <- dat.normand1999
effects <- list(
  arms = lapply(seq_len(nrow(n)), function(i) list(n1 = n$n1i[i], mean1 = n$m1i[i], sd1 = n$sd1i[i], n2 = n$n2i[i], mean2 = n$m2i[i], sd2 = n$sd2i[i])),
  md = list(yi = as.vector(sets$normand_md$yi), vi = as.vector(sets$normand_md$vi)),
  smd = list(yi = as.vector(sets$normand_smd$yi), vi = as.vector(sets$normand_smd$vi)))
out <- list(made_with = list(r = as.character(getRversion()), metafor = as.character(packageVersion("metafor")), script = "tools/r/metafor_reference.R"),
            calls = list(pool = "rma(yi, vi, method=, test=); predict(); confint(type='QP'); weights()", leave_one_out = "leave1out()",
                         influence = "influence()", egger = "regtest(model='rma', predictor='sei')", regression = "rma(yi, vi, mods=, method=, test=)",
                         effects = "escalc('MD'|'SMD')"),
            sets = result, regressions = regressions, effects = effects)
cat(toJSON(out, digits = NA, auto_unbox = TRUE, pretty = FALSE, na = "null"), "\n")
