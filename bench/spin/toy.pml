/*
 * The toy that `npm run bench:explore` gives to both: P pages of one file in one region, W writers of N
 * stores each, two legs, a region log, and power that may fail anywhere.
 *
 * Has every step of the scenario that somebody else could come before or after, and no other:
 * write() under the file's mutex (memory changes; the page is marked dirty), pdflush (a page at a
 * time, from where it stopped; a request is submitted when the next page is no neighbour, or at the
 * end), kmirrord (clears; the log; marks; the log; both legs), legs in the order of submission that
 * sample a page at any time of its transfer, and for clean-candidate the helper's sync() in two
 * rounds. Timers only delay what may come at any time anyway, so there are none.
 *
 * For speed: steps that nobody could see are atomic with the step before; a crash is a predicate
 * on what is durable, not a step; versions are the lowest that nobody holds, since only whether two
 * are equal counts; what is dead is zero.
 *
 * -DPAGES= -DWRITERS= -DSTORES= -DSTRATEGY=
 */
#define CLEAR_WHEN_IDLE    1
#define LOCK_PAGES         2
#define MARK_UNTIL_UNMOUNT 3
#define CLEAN_CANDIDATE    4

#define CLEARS_WHEN_DRAINED (STRATEGY == CLEAR_WHEN_IDLE || STRATEGY == LOCK_PAGES)

/* What memory and the legs hold of each page: versions. */
byte memory[PAGES];
byte leg0[PAGES];
byte leg1[PAGES];
/* PG_dirty; PG_writeback; how many legs have completed its write. */
bit dirty[PAGES];
bit writeback[PAGES];
bit half[PAGES];
/* i_mutex; I_LOCK; writeback_index. */
bit mutex;
bit syncing;
byte index;
/* ms->writes; the queues of the legs; the first of each is in service. Pages plus 1. */
byte queue[PAGES];
byte transfers0[PAGES];
byte transfers1[PAGES];
/* What a leg sampled of the page in service before memory changed: version plus 1. */
byte aside0;
byte aside1;
/* The region: writes in flight; its state; on clean_regions; its bit in memory and as durable. */
byte pending;
bit isDirty;
bit listed;
bit marked;
bit durable;
#if STRATEGY == CLEAN_CANDIDATE
#define NEVER_DRAINED 0
#define MAYBE_DIRTY   1
#define CANDIDATE     2
byte candidate;
#endif

/* Holds nothing between two steps. */
hidden byte v;
hidden byte k;

inline crash() {
  k = 0;
  do
  :: k < PAGES -> assert(durable || leg0[k] == leg1[k]); k++
  :: else -> break
  od;
  k = 0
}

#define APPEND(list, page) \
  k = 0; \
  do \
  :: list[k] != 0 -> k++ \
  :: else -> break \
  od; \
  list[k] = page; \
  k = 0

#define DROP_FIRST(list) \
  k = 1; \
  do \
  :: k < PAGES -> list[k - 1] = list[k]; k++ \
  :: else -> break \
  od; \
  list[PAGES - 1] = 0; \
  k = 0

/* The lowest version of a page that is neither in memory nor on a leg nor aside. */
#define HELD(p) (v == memory[p] || v == leg0[p] || v == leg1[p] \
  || (transfers0[0] == p + 1 && aside0 == v + 1) || (transfers1[0] == p + 1 && aside1 == v + 1))

#define PAGE ((id + n) % PAGES)

proctype Writer(byte id) {
  byte n;
  do
  :: n < STORES ->
    atomic {
      !mutex -> mutex = 1;
#if STRATEGY == LOCK_PAGES
      !writeback[PAGE];
#endif
      if
      :: transfers0[0] == PAGE + 1 && aside0 == 0 -> aside0 = memory[PAGE] + 1
      :: true
      fi;
      if
      :: transfers1[0] == PAGE + 1 && aside1 == 0 -> aside1 = memory[PAGE] + 1
      :: true
      fi;
      v = 0;
      do
      :: HELD(PAGE) -> v++
      :: else -> break
      od;
      memory[PAGE] = v;
      v = 0
    };
    d_step { dirty[PAGE] = 1; mutex = 0; n++ }
  :: else -> break
  od
}

/* Some page from c on is dirty. */
#if PAGES == 1
#define FOUND (c == 0 && dirty[0])
#define ANY_DIRTY dirty[0]
#define ANY_WRITEBACK writeback[0]
#elif PAGES == 2
#define FOUND ((c == 0 && dirty[0]) || (c <= 1 && dirty[1]))
#define ANY_DIRTY (dirty[0] || dirty[1])
#define ANY_WRITEBACK (writeback[0] || writeback[1])
#else
#define FOUND ((c == 0 && dirty[0]) || (c <= 1 && dirty[1]) || (c <= 2 && dirty[2]))
#define ANY_DIRTY (dirty[0] || dirty[1] || dirty[2])
#define ANY_WRITEBACK (writeback[0] || writeback[1] || writeback[2])
#endif

inline find() {
  do
  :: !dirty[c] -> c++
  :: else -> break
  od
}

inline submit() {
  if
  :: ready != 0 -> APPEND(queue, ready); ready = 0
  :: else
  fi
}

inline writePage() {
  dirty[c] = 0;
  writeback[c] = 1;
  submit();
  ready = c + 1;
  c++
}

/* write_cache_pages, WB_SYNC_NONE: from where the last one stopped, or from the first if there is
   nothing from there on; a page under write stays dirty. */
inline writePages() {
  do
  :: d_step {
      FOUND || (!scanned && ANY_DIRTY) ->
      if
      :: FOUND
      :: else -> c = 0
      fi;
      scanned = 1;
      find();
      if
      :: writeback[c] -> c++
      :: else -> writePage()
      fi
    }
  :: d_step {
      !FOUND && (scanned || !ANY_DIRTY) ->
      submit();
      index = c % PAGES;
      c = 0;
      scanned = 0;
      syncing = 0
    } -> break
  od
}

proctype Pdflush() {
  byte c;
  byte ready;
  bit scanned;
  do
  :: d_step { ANY_DIRTY && !syncing -> syncing = 1; c = index };
    writePages()
  od
}

#if STRATEGY == CLEAN_CANDIDATE
proctype Helper() {
  byte c;
  byte ready;
  bit scanned;
  do
  :: d_step { isDirty && candidate == MAYBE_DIRTY -> candidate = CANDIDATE };
    d_step { !syncing -> syncing = 1; c = index };
    writePages();
    atomic { !syncing -> syncing = 1 };
    /* WB_SYNC_ALL: from the first page; one under write is waited for. */
    do
    :: d_step {
        FOUND -> find();
        if
        :: writeback[c] -> submit()
        :: else -> writePage()
        fi
      };
      if
      :: d_step { c < PAGES && dirty[c] && writeback[c] -> skip };
        !writeback[c]
      :: else
      fi
    :: d_step { !FOUND -> submit() } -> break
    od;
    atomic { !ANY_WRITEBACK -> c = 0; syncing = 0 };
    d_step {
      if
      :: candidate == CANDIDATE -> candidate = NEVER_DRAINED; isDirty = 0; listed = 1
      :: else
      fi
    }
  od
}
#endif

#define DO_WRITES \
  do \
  :: taken > 0 -> \
    APPEND(transfers0, queue[0]); \
    APPEND(transfers1, queue[0]); \
    DROP_FIRST(queue); \
    taken-- \
  :: else -> break \
  od

/* One pass: what has become clean, the log; what is to be written, the log; both legs. */
proctype Kmirrord() {
  byte taken;
  bit touched;
  do
  :: d_step {
      queue[0] != 0 || listed ->
      do
      :: taken < PAGES && queue[taken] != 0 -> taken++
      :: else -> break
      od;
      if
      :: listed && !isDirty && marked -> marked = 0; touched = 1
      :: else
      fi;
      listed = 0
    };
    if
    :: d_step { touched -> touched = 0; durable = 0; crash() }
    :: else
    fi;
    d_step {
      if
      :: taken > 0 ->
        pending = pending + taken;
        isDirty = 1;
#if STRATEGY == CLEAN_CANDIDATE
        candidate = NEVER_DRAINED;
#endif
        if
        :: !marked -> marked = 1; touched = 1
        :: else
        fi
      :: else
      fi;
      if
      :: touched
      :: else -> DO_WRITES
      fi
    };
    if
    :: d_step { touched -> touched = 0; durable = 1; DO_WRITES }
    :: else
    fi
  od
}

/* mirror_end_io: the write has landed on both legs. */
inline served(page) {
  if
  :: !half[page] -> half[page] = 1
  :: else ->
    half[page] = 0;
    writeback[page] = 0;
    pending--;
    if
    :: pending == 0 && isDirty ->
#if CLEARS_WHEN_DRAINED
      isDirty = 0;
      listed = 1
#elif STRATEGY == CLEAN_CANDIDATE
      candidate = MAYBE_DIRTY
#else
      skip
#endif
    :: else
    fi
  fi
}

#define COMPLETE(leg, transfers, aside) \
  v = transfers[0] - 1; \
  if \
  :: aside != 0 -> leg[v] = aside - 1; aside = 0 \
  :: else -> leg[v] = memory[v] \
  fi; \
  crash(); \
  DROP_FIRST(transfers); \
  served(v); \
  v = 0

active proctype Leg0() {
  do
  :: d_step { transfers0[0] != 0 -> COMPLETE(leg0, transfers0, aside0) }
  od
}

active proctype Leg1() {
  do
  :: d_step { transfers1[0] != 0 -> COMPLETE(leg1, transfers1, aside1) }
  od
}

init {
  atomic {
    run Kmirrord();
    run Pdflush();
#if STRATEGY == CLEAN_CANDIDATE
    run Helper();
#endif
    k = 0;
    do
    :: k < WRITERS -> run Writer(k); k++
    :: else -> break
    od;
    k = 0
  }
}
