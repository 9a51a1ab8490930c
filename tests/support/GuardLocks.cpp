#include "support/GuardInterposition.h"

#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <threads.h>
#include <unistd.h>

#include <ctime>

// Locks, waits, wake-ups and sleep.

#if TONEWRIGHT_GUARD_AVAILABLE

// ---- locks

TONEWRIGHT_INTERPOSE(lock, int, pthread_mutex_lock, (pthread_mutex_t * mutex) noexcept, (mutex))
TONEWRIGHT_INTERPOSE(lock, int, pthread_mutex_trylock, (pthread_mutex_t * mutex) noexcept, (mutex))
TONEWRIGHT_INTERPOSE(lock, int, pthread_mutex_timedlock,
                     (pthread_mutex_t * mutex, const timespec* until) noexcept, (mutex, until))
TONEWRIGHT_INTERPOSE(lock, int, pthread_mutex_clocklock,
                     (pthread_mutex_t * mutex, clockid_t clock, const timespec* until) noexcept,
                     (mutex, clock, until))
TONEWRIGHT_INTERPOSE(lock, int, pthread_mutex_unlock, (pthread_mutex_t * mutex) noexcept, (mutex))
TONEWRIGHT_INTERPOSE(lock, int, pthread_rwlock_rdlock, (pthread_rwlock_t * lock) noexcept, (lock))
TONEWRIGHT_INTERPOSE(lock, int, pthread_rwlock_wrlock, (pthread_rwlock_t * lock) noexcept, (lock))
TONEWRIGHT_INTERPOSE(lock, int, pthread_rwlock_tryrdlock, (pthread_rwlock_t * lock) noexcept, (lock))
TONEWRIGHT_INTERPOSE(lock, int, pthread_rwlock_trywrlock, (pthread_rwlock_t * lock) noexcept, (lock))
TONEWRIGHT_INTERPOSE(lock, int, pthread_rwlock_unlock, (pthread_rwlock_t * lock) noexcept, (lock))
TONEWRIGHT_INTERPOSE(lock, int, pthread_spin_lock, (pthread_spinlock_t * lock) noexcept, (lock))
TONEWRIGHT_INTERPOSE(lock, int, pthread_spin_trylock, (pthread_spinlock_t * lock) noexcept, (lock))
TONEWRIGHT_INTERPOSE(lock, int, pthread_spin_unlock, (pthread_spinlock_t * lock) noexcept, (lock))

// ---- waits and wake-ups

TONEWRIGHT_INTERPOSE_VERSION(wait, int, pthread_cond_wait, "GLIBC_2.3.2",
                             (pthread_cond_t * condition, pthread_mutex_t* mutex), (condition, mutex))
TONEWRIGHT_INTERPOSE_VERSION(wait, int, pthread_cond_timedwait, "GLIBC_2.3.2",
                             (pthread_cond_t * condition, pthread_mutex_t* mutex, const timespec* until),
                             (condition, mutex, until))
TONEWRIGHT_INTERPOSE(wait, int, pthread_cond_clockwait,
                     (pthread_cond_t * condition, pthread_mutex_t* mutex, clockid_t clock,
                      const timespec* until),
                     (condition, mutex, clock, until))
TONEWRIGHT_INTERPOSE_VERSION(wake, int, pthread_cond_signal, "GLIBC_2.3.2",
                             (pthread_cond_t * condition) noexcept, (condition))
TONEWRIGHT_INTERPOSE_VERSION(wake, int, pthread_cond_broadcast, "GLIBC_2.3.2",
                             (pthread_cond_t * condition) noexcept, (condition))
TONEWRIGHT_INTERPOSE(wait, int, pthread_barrier_wait, (pthread_barrier_t * barrier) noexcept, (barrier))
TONEWRIGHT_INTERPOSE(wait, int, pthread_join, (pthread_t thread, void** result), (thread, result))
TONEWRIGHT_INTERPOSE(wait, int, sem_wait, (sem_t * semaphore), (semaphore))
TONEWRIGHT_INTERPOSE(wait, int, sem_trywait, (sem_t * semaphore) noexcept, (semaphore))
TONEWRIGHT_INTERPOSE(wait, int, sem_timedwait, (sem_t * semaphore, const timespec* until), (semaphore, until))
TONEWRIGHT_INTERPOSE(wait, int, sem_clockwait, (sem_t * semaphore, clockid_t clock, const timespec* until),
                     (semaphore, clock, until))
TONEWRIGHT_INTERPOSE(wake, int, sem_post, (sem_t * semaphore) noexcept, (semaphore))

// ---- sleep

TONEWRIGHT_INTERPOSE(sleep, int, nanosleep, (const timespec* duration, timespec* rest), (duration, rest))
TONEWRIGHT_INTERPOSE(sleep, int, clock_nanosleep,
                     (clockid_t clock, int flags, const timespec* duration, timespec* rest),
                     (clock, flags, duration, rest))
TONEWRIGHT_INTERPOSE(sleep, int, usleep, (useconds_t duration), (duration))
TONEWRIGHT_INTERPOSE(sleep, unsigned, sleep, (unsigned duration), (duration))
TONEWRIGHT_INTERPOSE(sleep, int, sched_yield, () noexcept, ())

#endif
